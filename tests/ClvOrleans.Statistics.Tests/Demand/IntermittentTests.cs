using ClvOrleans.Statistics.Demand;

namespace ClvOrleans.Statistics.Tests.Demand;

/// <summary>Product C of R's fpp2 (Hyndman and Athanasopoulos 2018): 36 months, of which 11 have demand.</summary>
public sealed class IntermittentTests
{
    private static readonly double[] ProductC =
        [0, 2, 0, 1, 0, 11, 0, 0, 0, 0, 2, 0, 6, 3, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 3, 1, 0, 0, 1, 0, 1, 0, 0];

    private static readonly double[] Ageing = [.. ProductC, .. new double[12]];

    // Computed with statsforecast's methods of the same names, α = .1 unless stated.
    public static TheoryData<IDemandMethod, double, double> Published => new()
    {
        { new CrostonMethod(), .9845965, .9845965 },
        { new SbaMethod(), .9353667, .9353667 },
        { new TsbMethod(), .8040651, .2270917 },
        { new TsbMethod(.2, .2), .7593606, .0521829 },
        { new AdidaMethod(), .8299797, .5445497 },
        { new ImapaMethod(), .7552465, .3855571 },
    };

    public static TheoryData<IDemandMethod> All =>
    [
        new CrostonMethod(), new SbaMethod(), new TsbMethod(), new AdidaMethod(), new ImapaMethod(), new SeasonalNaiveMethod(12),
        new HoltWintersMethod(12), new HoltWintersMethod(12, Seasonality.Multiplicative, true),
    ];

    [Theory]
    [MemberData(nameof(Published))]
    public void Forecasts_are_as_published_and_some_fall_when_nothing_is_sold_any_more(
        IDemandMethod method, double forecast, double ageing)
    {
        Assert.All(method.Forecast(ProductC, 3), f => Assert.Equal(forecast, f, 5e-8));
        Assert.Equal(ageing, method.Forecast(Ageing, 1)[0], 5e-8);
    }

    [Fact]
    public void Sizes_and_intervals_are_smoothed_to_the_published_levels()
    {
        var (sizes, intervals) = Intermittent.Split(ProductC);
        Assert.Equal(2.7502538, Smoothing.Level(sizes, .1), 5e-8);
        Assert.Equal(2.7932801, Smoothing.Level(intervals, .1), 5e-8);
        Assert.Equal(3, Intermittent.MeanInterval(ProductC));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void What_never_sold_is_forecast_not_to(IDemandMethod method)
    {
        Assert.Equal(new double[5], method.Forecast([], 5));
        Assert.Equal(new double[5], method.Forecast(new double[40], 5));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void One_period_gives_a_forecast(IDemandMethod method) => Assert.All(method.Forecast([4], 2), f => Assert.InRange(f, 0, 4));

    [Theory]
    [MemberData(nameof(All))]
    public void What_is_no_demand_is_refused(IDemandMethod method)
    {
        Assert.Throws<ArgumentException>(() => method.Forecast([1, -1], 2));
        Assert.Throws<ArgumentException>(() => method.Forecast([double.NaN], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => method.Forecast([1], 0));
    }
}
