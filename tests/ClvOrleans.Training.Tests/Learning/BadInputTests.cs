using ClvOrleans.Domain.Stores;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;
using ClvOrleans.Training.Tests.Backtests;
using Xunit;

namespace ClvOrleans.Training.Tests.Learning;

/// <summary>
/// Odd stores: every learned model says why it cannot learn, or forecasts finite numbers, and the champion always forecasts.
/// </summary>
public sealed class BadInputTests
{
    // Enough to learn from: of fewer than 200 there would be nothing.
    private const int Customers = 250;

    private static readonly ForecastTask Gross = new(ValueKind.Gross, new Horizon(120));

    private static readonly string[] Learned = ["linear", "ridge", "rfm", "corrected-btyd", "boosted-two-part", "boosted-tweedie"];

    public static TheoryData<string> LearnedAndChampion => [.. Learned, ForecastModels.Champion];

    public static TheoryData<string> All => [.. ForecastModels.Find(["all"]).Except(ForecastModels.Naive).Select(m => m.Name)];

    [Fact]
    public void Too_few_customers_are_refused_and_the_champion_falls_back() =>
        AssertRefused(Shop.Made(150).Until(400), "fewer than 200 customers had bought before the last window to learn from");

    [Fact]
    public void Nothing_bought_in_the_windows_is_refused_and_the_champion_falls_back()
    {
        var shop = new Shop();
        for (var i = 0; i < Customers; i++)
        {
            shop.Order($"c{i:000}", i % 60, 1_000);
        }

        AssertRefused(shop.View("c000", 400).Until(400), "fewer than 50 purchases lie in the windows to learn from");
    }

    [Fact]
    public void Nothing_of_value_in_the_latest_window_is_refused_and_the_champion_falls_back()
    {
        // All that was ever paid is credited on the last day: of the net value of earlier windows something is left.
        var shop = Shop.Made(Customers);
        for (var i = 0; i < Customers; i++)
        {
            shop.Credit($"c{i:000}", 399, 10_000_000);
        }

        // The challenge is lost over the earlier windows, before the latest is learned from.
        AssertRefused(
            shop.Until(400), "nothing of value came in the latest window to learn from", Gross with { Value = ValueKind.Net },
            fallsBack: "over 2 windows of the past");
    }

    [Fact]
    public void Free_orders_alone_are_refused_and_the_champion_has_nobody_to_forecast()
    {
        var past = Shop.Made(Customers, 0).Until(400);

        Assert.Empty(past.Buyers);
        AssertRefused(past, "no customer has bought");
    }

    [Theory]
    [MemberData(nameof(LearnedAndChampion))]
    public void Columns_that_are_not_known_of_anyone_hinder_nobody(string model)
    {
        // Orders alone: nothing of behaviour, products, reviews or a market.
        var past = Shop.Made(Customers).Until(400);

        Assert.Matches("from 7 windows|over [0-9]+ windows of the past", AssertSane(model, past).Description);
    }

    [Theory]
    [MemberData(nameof(LearnedAndChampion))]
    public void Customers_who_are_all_the_same_get_the_same(string model)
    {
        var past = Equal(_ => [0, 100, 200, 300, 350]);
        if (model == "boosted-two-part")
        {
            Assert.EndsWith("or all did", Assert.Throws<FitException>(() => Fit(model, past)).Message, StringComparison.Ordinal);
            return;
        }

        var values = AssertSane(model, past).Forecasts.Select(f => f.Value).ToList();
        Assert.InRange(values[0], 500, 2_000);
        Assert.All(values, v => Assert.Equal(values[0], v));
    }

    [Theory]
    [MemberData(nameof(LearnedAndChampion))]
    public void Customers_of_two_kinds_alone_hinder_nobody(string model) =>
        AssertSane(model, Equal(i => i % 2 == 0 ? [0, 100, 200, 300] : [0]));

    [Theory]
    [MemberData(nameof(All))]
    public void A_customer_with_nearly_all_the_revenue_comes_first_and_hinders_nobody(string model)
    {
        var shop = Shop.Made(Customers);
        for (var day = 5; day < 400; day += 7)
        {
            shop.Order("whale", day, 50_000_000);
        }

        var past = shop.Until(400);
        var forecasts = AssertSane(model, past).Forecasts;
        var whale = past.Buyers.Index().Single(b => b.Item.Id.Id == "whale").Index;
        Assert.Equal(forecasts.Max(f => f.Value), forecasts[whale].Value);
    }

    [Theory]
    [MemberData(nameof(LearnedAndChampion))]
    public void Absurd_amounts_are_forecast_as_finite_numbers(string model)
    {
        AssertSane(model, Shop.Made(Customers).Order("c001", 1, long.MaxValue / 1_000_000).Until(400));
        AssertSane(
            model,
            Shop.Made(Customers).Order("c001", 200, long.MaxValue / 1_000_000).Order("c001", 350, long.MaxValue / 1_000_000).Until(400));
    }

    [Theory]
    [MemberData(nameof(LearnedAndChampion))]
    public void A_single_unit_from_a_single_customer_in_the_latest_window_is_enough_to_stay_finite(string model)
    {
        var shop = new Shop();
        for (var i = 0; i < Customers; i++)
        {
            for (var day = i % 60; day < 200; day += 9 + (i * 29 % 151))
            {
                shop.Order($"c{i:000}", day, 1_000 + i);
            }
        }

        AssertSane(model, shop.Order("c000", 390, 1).Until(400));
    }

    private static StoreHistory Equal(Func<int, int[]> days)
    {
        var shop = new Shop();
        for (var i = 0; i < Customers; i++)
        {
            foreach (var day in days(i))
            {
                shop.Order($"c{i:000}", day, 1_000);
            }
        }

        return shop.Until(400);
    }

    private static IForecaster Fit(string model, StoreHistory past, ForecastTask? task = null) =>
        ForecastModels.Find([model])[0].Fit(past, task ?? Gross);

    private static void AssertRefused(StoreHistory past, string reason, ForecastTask? task = null, string? fallsBack = null)
    {
        Assert.All(Learned, model => Assert.Equal(reason, Assert.Throws<FitException>(() => Fit(model, past, task)).Message));
        Assert.StartsWith(
            $"buy-till-you-die alone, as {fallsBack ?? $"{reason}: "}",
                AssertSane(ForecastModels.Champion, past, task).Description,
                StringComparison.Ordinal);
    }

    private static (string Description, IReadOnlyList<Forecast> Forecasts) AssertSane(
        string model, StoreHistory past, ForecastTask? task = null)
    {
        var forecaster = Fit(model, past, task);
        var forecasts = forecaster.Forecast(past.Buyers);
        Assert.All(forecasts, f => Assert.True(
            IsAmount(f.Value) && IsAmount(f.Orders) && f.Alive is null or (>= 0 and <= 1)
                && f.Intervals.All(v => IsAmount(v.Lower) && IsAmount(v.Upper) && v.Lower <= v.Upper),
            $"{forecaster.Description}: {f}"));
        return (forecaster.Description, forecasts);
    }

    private static bool IsAmount(double number) => double.IsFinite(number) && number >= 0;
}
