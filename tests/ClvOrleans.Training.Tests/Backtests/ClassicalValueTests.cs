using ClvOrleans.Domain.Stores;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;
using Xunit;

namespace ClvOrleans.Training.Tests.Backtests;

/// <summary>Worked by hand.</summary>
public sealed class ClassicalValueTests
{
    [Fact]
    public void Average_value_times_frequency_times_lifetime()
    {
        // 200 days. Up to day 100 a, b and c bought, of whom only a did so after: two of three left in 100 days, so that a lifetime has
        // 150.
        var past = new Shop().Order("a", 0, 1_000).Order("a", 120, 3_000).Order("b", 50, 500).Order("c", 100, 700).Order("d", 150, 900)
            .Until(200);
        var (forecaster, forecasts) = Ask(past, 365);

        Assert.Equal("a customer stays 150 days, of which 150 count", forecaster.Description);

        // a: 20.00 an order, 2 orders in 200 days, for 150 days; d: 9.00, one in 50 days.
        double[] values = [2_000 * (2 / 200.0) * 150, 500 * (1 / 150.0) * 150, 700 * (1 / 100.0) * 150, 900 * (1 / 50.0) * 150];
        Assert.Equal(values, Values(forecasts), Near);
        Assert.Equal([1.5, 1, 1.5, 3], forecasts.Select(f => f.Orders), Near);
        Assert.Equal(1 - Math.Exp(-1.5), forecasts[0].Buys!.Value, 1e-12);
    }

    [Fact]
    public void What_lies_beyond_the_horizon_does_not_count()
    {
        var past = new Shop().Order("a", 0, 1_000).Order("a", 120, 3_000).Order("b", 50, 500).Order("c", 100, 700).Until(200);
        var (forecaster, forecasts) = Ask(past, 90);

        Assert.Equal("a customer stays 150 days, of which 90 count", forecaster.Description);
        Assert.Equal(2_000 * (2 / 200.0) * 90, forecasts[0].Value, 1e-9);
    }

    [Fact]
    public void Where_nobody_leaves_the_whole_horizon_counts_and_the_formula_is_the_mean_rate()
    {
        var past = new Shop().Order("a", 0, 1_000).Order("a", 120, 3_000).Order("b", 190, 500).Until(200);
        var (forecaster, forecasts) = Ask(past, 365);
        var naive = ForecastModels.Naive[1].Fit(past, new ForecastTask(ValueKind.Gross, new Horizon(365))).Forecast(past.Buyers);

        Assert.Equal("nobody has been seen to leave", forecaster.Description);
        Assert.Equal(Values(naive), Values(forecasts), Near);
    }

    [Fact]
    public void The_margin_is_the_stores_and_of_what_refunds_leave()
    {
        // 40.00 less 10.00 credited: 15.00 an order, 2 in 200 days; b's credit is more than was bought.
        var past = new Shop().Order("a", 0, 1_000).Order("a", 120, 3_000).Credit("a", 130, 1_000).Order("b", 50, 500).Credit("b", 60, 800)
            .Order("c", 100, 700).Until(200);

        Assert.Equal([1_500 * (2 / 200.0) * 150, 0], Values(Ask(past, 365, ValueKind.Net).Forecasts)[..2], Near);
        Assert.Equal([.3 * 1_500 * (2 / 200.0) * 150, 0], Values(Ask(past, 365, ValueKind.Margin).Forecasts)[..2], Near);
        Assert.Equal(2_000 * (2 / 200.0) * 150, Ask(past, 365).Forecasts[0].Value, 1e-9);
    }

    [Fact]
    public void A_store_of_a_day_or_of_free_first_orders_still_has_numbers()
    {
        // 28 days at least are counted so far.
        Assert.Equal([1_000 / 28.0 * 365], Values(Ask(new Shop().Order("a", 0, 1_000).Until(0), 365).Forecasts), Near);
        Assert.Equal(
            [1_000 / 200.0 * 365], Values(Ask(new Shop().Order("a", 0, 0).Order("a", 190, 1_000).Until(200), 365).Forecasts), Near);
    }

    private static readonly Func<double, double, bool> Near = (a, b) => Math.Abs(a - b) < 1e-9;

    private static double[] Values(IEnumerable<Forecast> forecasts) => [.. forecasts.Select(f => f.Value)];

    private static (IForecaster Forecaster, IReadOnlyList<Forecast> Forecasts) Ask(
        StoreHistory past, int days, ValueKind kind = ValueKind.Gross)
    {
        var forecaster = ForecastModels.Find(["classical"])[0].Fit(past, new ForecastTask(kind, new Horizon(days)));
        return (forecaster, forecaster.Forecast(past.Buyers));
    }
}
