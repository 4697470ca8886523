using ClvOrleans.Statistics.Demand;

namespace ClvOrleans.Statistics.Tests.Demand;

/// <summary>Airline passengers (Box and Jenkins 1976, series G), as in R's datasets.</summary>
public sealed class HoltWintersTests
{
    private static readonly double[] Passengers =
    [
        112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126, 141, 135, 125, 149, 170, 170, 158, 133, 114, 140,
        145, 150, 178, 163, 172, 178, 199, 199, 184, 162, 146, 166, 171, 180, 193, 181, 183, 218, 230, 242, 209, 191, 172, 194,
        196, 196, 236, 235, 229, 243, 264, 272, 237, 211, 180, 201, 204, 188, 235, 227, 234, 264, 302, 293, 259, 229, 203, 229,
        242, 233, 267, 269, 270, 315, 364, 347, 312, 274, 237, 278, 284, 277, 317, 313, 318, 374, 413, 405, 355, 306, 271, 306,
        315, 301, 356, 348, 355, 422, 465, 467, 404, 347, 305, 336, 340, 318, 362, 348, 363, 435, 491, 505, 404, 359, 310, 337,
        360, 342, 406, 396, 420, 472, 548, 559, 463, 407, 362, 405, 417, 391, 419, 461, 472, 535, 622, 606, 508, 461, 390, 432,
    ];

    // R: HoltWinters(AirPassengers, seasonal = "mult") has α .2755925, β .03269295, γ .8707292 and a 469.3232206, b 3.0215391,
    // s1 .9464611, s2 .8829239.
    private static readonly HoltWintersParameters Published = new(.2755925, .03269295, .8707292);

    [Fact]
    public void Level_trend_and_season_are_those_of_R()
    {
        var (state, error) = HoltWintersState.Run(Passengers, 12, true, Published);
        Assert.Equal(469.3232206, state.Level, 5e-6);
        Assert.Equal(3.0215391, state.Trend, 5e-7);
        Assert.Equal(.9464611, state.Season[0], 5e-7);
        Assert.Equal(.8829239, state.Season[1], 5e-7);
        Assert.Equal(16_570.78, error, .005);
        var next = new HoltWintersMethod(12, Seasonality.Multiplicative).Forecast(Passengers, 1, Published)[0];
        Assert.Equal((469.3232206 + 3.0215391) * .9464611, next, 1e-4);
    }

    [Fact]
    public void Parameters_are_fitted_at_least_as_well_as_Rs()
    {
        var method = new HoltWintersMethod(12, Seasonality.Multiplicative);
        var (_, error) = HoltWintersState.Run(Passengers, 12, true, method.Fit(Passengers));
        Assert.InRange(error, 15_000, 16_571);
    }

    [Fact]
    public void A_line_with_a_season_is_continued_exactly()
    {
        double At(int t) => 100 + (2 * t) + (t % 4 * 5);
        double[] history = [.. Enumerable.Range(0, 24).Select(At)];
        var forecast = new HoltWintersMethod(4).Forecast(history, 8, new HoltWintersParameters(1, 0, 0));
        Assert.Equal(Enumerable.Range(24, 8).Select(At), forecast.Select(f => Math.Round(f, 9)));
    }

    [Fact]
    public void A_damped_trend_fades_out()
    {
        double[] history = [.. Enumerable.Range(0, 24).Select(t => 100.0 + (2 * t))];
        var parameters = new HoltWintersParameters(.5, .1, .1, .9);
        var forecast = new HoltWintersMethod(4, IsDamped: true).Forecast(history, 200, parameters);
        Assert.Equal(forecast[190], forecast[194], 1e-6);
        Assert.True(forecast[4] - forecast[0] > forecast[8] - forecast[4]);
    }

    [Fact]
    public void Forecasts_are_never_below_zero_and_a_season_with_zeros_is_added()
    {
        double[] falling = [.. Enumerable.Range(0, 24).Select(t => Math.Max(0, 46.0 - (2 * t)))];
        Assert.All(new HoltWintersMethod(4, Seasonality.Multiplicative).Forecast(falling, 30), f => Assert.InRange(f, 0, 46));
        Assert.False(new HoltWintersMethod(4, Seasonality.Multiplicative).Multiplies(falling));
    }

    [Fact]
    public void The_seasonal_naive_forecast_repeats_the_last_season()
    {
        Assert.Equal([2, 3, 4, 2, 3], new SeasonalNaiveMethod(3).Forecast([1, 2, 3, 4], 5));
        Assert.Equal([2, 2], new SeasonalNaiveMethod(3).Forecast([1, 2], 2));
    }
}
