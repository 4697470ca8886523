using System.Globalization;
using System.Text.RegularExpressions;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Training.Backtests;
using ClvOrleans.Training.Backtests.Models;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;
using Xunit;

namespace ClvOrleans.Training.Tests.Backtests;

/// <summary>Families whose customers differ by their first purchase.</summary>
public sealed partial class WithCovariatesTests
{
    private const int Cutoff = 200;

    [Fact]
    public void Where_a_large_first_order_tells_a_frequent_customer_ranking_and_counts_are_better_foretold()
    {
        var (plain, covariates) = Run(valueTells: true);

        // Twice the gain in ln L of two effects that were none would be χ² with two degrees of freedom: 18.4 in one of 10,000.
        Assert.True(GainOf(covariates.Description) > 100, covariates.Description);
        var effect = Effect().Match(covariates.Description);
        Assert.Equal(Math.Log(16), Number(effect.Groups[1]), 3.5 * Number(effect.Groups[2]));
        Assert.True(covariates.Score!.Gini > plain.Score!.Gini + .02, $"{plain.Score.Gini} became {covariates.Score.Gini}");
        Assert.True(covariates.Score.LogScore > plain.Score.LogScore + .02, $"{plain.Score.LogScore} became {covariates.Score.LogScore}");
    }

    [Fact]
    public void Where_it_tells_nothing_nothing_is_gained_nor_lost()
    {
        var (plain, covariates) = Run(valueTells: false);

        Assert.True(GainOf(covariates.Description) < 18.4, covariates.Description);
        Assert.Equal(plain.Score!.Gini!.Value, covariates.Score!.Gini!.Value, .01);
        Assert.Equal(plain.Score.LogScore!.Value, covariates.Score.LogScore!.Value, .005);
    }

    [Fact]
    public void First_purchases_that_do_not_differ_are_refused()
    {
        var shop = new Shop();
        for (var i = 0; i < 60; i++)
        {
            shop.Order($"c{i}", i % 20, 1_000).Order($"c{i}", 40 + i, 1_000).Order($"c{i}", 210, 1_000);
        }

        var row = Backtest.Run(shop.Until(300), Shop.Day(Cutoff), ForecastModels.Find(["mbg-nbd-covariates"])).Rows[0];

        Assert.Null(row.Score);
        Assert.StartsWith("not fitted: first purchases differ in nothing", row.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Later_coupons_values_and_days_are_not_read()
    {
        var first = new Shop().Order("a", 1, 1_000).Order("b", 1, 2_000);
        var later = new Shop().Order("a", 1, 1_000).Order("b", 1, 2_000).Order("a", 9, 50_000).Order("b", 8, 10);
        for (var i = 0; i < 40; i++)
        {
            first.Order($"c{i}", 3, 100 * i);
            later.Order($"c{i}", 3, 100 * i);
        }

        var (one, other) = (first.Until(10), later.Until(10));

        Assert.Equal(["value"], new FirstPurchases(one).Names);
        Assert.Equal(
            one.Buyers.Select(new FirstPurchases(one).Of).Select(z => z[0]),
            other.Buyers.Select(new FirstPurchases(other).Of).Select(z => z[0]));
    }

    [Fact]
    public void Values_that_nobody_else_had_rank_between_those_that_some_had()
    {
        // 100 to 4,000 in steps of 100. Ranks are in twentieths: 1,950 has 19 of 40 below it, the highest has 39 and itself.
        var shop = new Shop().Order("low", 3, 1).Order("middle", 3, 1_950).Order("high", 3, 9_999);
        for (var i = 1; i <= 40; i++)
        {
            shop.Order($"c{i}", 3, 100 * i);
        }

        var past = shop.Until(10);
        var first = new FirstPurchases(past.Where(c => c.Id.Id[0] == 'c'));
        var of = past.Buyers.ToDictionary(c => c.Id.Id, c => first.Of(c)[0]);

        Assert.Equal(.5, of["middle"] - of["low"], 1e-12);
        Assert.Equal(1, of["high"] - of["low"], 1e-12);
        Assert.Equal(of["c40"], of["high"]);
    }

    [Fact]
    public void Customers_are_also_forecast_whose_first_purchase_is_like_nobody_elses()
    {
        // Half began with 10.00, half with 50.00 and buy four times as often.
        var shop = new Shop();
        foreach (var (stranger, value) in new[] { ("low", 1_000), ("middle", 3_000), ("high", 5_000) })
        {
            shop.Order(stranger, 150, value).Order(stranger, 199, 1_000);
        }

        for (var i = 0; i < 200; i++)
        {
            shop.Order($"c{i}", i % 40, i % 2 == 0 ? 1_000 : 5_000);
            for (var day = (i % 40) + 7 + (i % 50); day < (i % 5 == 0 ? 100 : 200); day += (i % 2 == 0 ? 60 : 15) + (i % 7))
            {
                shop.Order($"c{i}", day, 1_000);
            }
        }

        var past = shop.Until(Cutoff);
        var forecaster = ForecastModels.Find(["mbg-nbd-covariates"])[0]
            .Fit(past.Where(c => c.Id.Id[0] == 'c'), new ForecastTask(ValueKind.Gross, new Horizon(100)));
        var (low, middle, high) = (OrdersOf("low"), OrdersOf("middle"), OrdersOf("high"));

        Assert.True(low < middle && middle < high, $"{low}, {middle}, {high}");

        double OrdersOf(string id) => forecaster.Forecast([past.Buyers.Single(c => c.Id.Id == id)])[0].Orders;
    }

    private static (BacktestRow Plain, BacktestRow Covariates) Run(bool valueTells)
    {
        var rows = Backtest.Run(Customers(valueTells), Shop.Day(Cutoff), ForecastModels.Find(["mbg-nbd", "mbg-nbd-covariates"])).Rows;
        return (rows[0], rows[1]);
    }

    // Purchases at a mean rate of .2 a week, or of .05 to .8 by the rank of the first order; one in ten is the last.
    private static StoreHistory Customers(bool valueTells)
    {
        var random = new Random(5);
        var shop = new Shop();
        for (var i = 0; i < 1_000; i++)
        {
            var (rank, day) = (random.NextDouble(), random.Next(120));
            shop.Order($"c{i:000}", day, (long)(1_000 * Math.Exp(2 * rank)));
            var rate = (valueTells ? .05 * Math.Pow(16, rank) : .2) * (.5 + random.NextDouble());
            while (random.NextDouble() > .1)
            {
                day += 1 + (int)(-Math.Log(1 - random.NextDouble()) / rate * 7);
                if (day > 400)
                {
                    break;
                }

                shop.Order($"c{i:000}", day, random.Next(1_000, 5_000));
            }
        }

        return shop.Until(400);
    }

    private static double GainOf(string description) => Number(Gain().Match(description).Groups[1]);

    private static double Number(Group text) => double.Parse(text.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"2 Δ ln L (-?[0-9.]+) for 2 effects")]
    private static partial Regex Gain();

    [GeneratedRegex(@"purchases:value ([+-][0-9.]+) ± ([0-9.]+)")]
    private static partial Regex Effect();
}
