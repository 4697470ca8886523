using System.Text.Json;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Features;
using Xunit;
using static ClvOrleans.Tests.Happened;

namespace ClvOrleans.Valuation.Tests.Features;

public sealed class CategoryPricesTests
{
    private static readonly CustomerSummary Thrifty = Summarise(Order(0, "a", 1, Line("shoes", 4_000, 3), Line("socks", 500, 2)));
    private static readonly CustomerSummary Lavish = Summarise(Order(0, "b", 1, Line("shoes", 8_000)));
    private static readonly CategoryPrices Prices = CategoryPrices.Of([Thrifty, Lavish]);

    [Fact]
    public void A_mean_price_is_all_that_was_paid_over_the_units() =>
        Assert.Equal([new("shoes", 5_000), new("socks", 500)], Prices.Means.ToArray());

    [Fact]
    public void The_level_is_what_was_paid_over_the_mean_prices_of_the_same_units()
    {
        Assert.Equal(13_000 / 16_000.0, Prices.LevelOf(Thrifty));
        Assert.Equal(1.6, Prices.LevelOf(Lavish));
    }

    [Fact]
    public void It_is_a_feature()
    {
        var row = new double[FeatureCatalogue.All.Length];
        FeatureCatalogue.Write(new FeatureInput(Lavish, Day(0), new Horizon(90), MarketCalendar.Empty.At(Day(0)), default, Prices), row);
        Assert.Equal(1.6, row[FeatureCatalogue.IndexOf("priceLevel")]);
    }

    [Fact]
    public void Categories_that_are_not_known_are_passed_over_and_nothing_known_is_no_number()
    {
        Assert.Equal(1.6, Prices.LevelOf(Summarise(Order(0, "c", 1, Line("shoes", 8_000), Line("hats", 1)))));
        Assert.Equal(double.NaN, Prices.LevelOf(Summarise(Order(0, "d", 1, Line("hats", 100)))));
        Assert.Equal(double.NaN, CategoryPrices.Empty.LevelOf(Lavish));
        Assert.Equal(
            double.NaN,
            CategoryPrices.Of([Summarise(Order(0, "e", 1, Line("gifts", 0)))]).LevelOf(Summarise(Order(0, "e", 1, Line("gifts", 0)))));
    }

    [Fact]
    public void Products_without_category_price_or_units_and_orders_that_do_not_count_are_no_spend()
    {
        var summary = Summarise(
            Order(0, "a", 1, new ProductLine("p", null, new Money(100)), new ProductLine("p", "shoes"), Line("shoes", 100, 0)),
            Order(0, "b", 1, Line("shoes", 100)), On(1, EventKind.OrderCancelled) with { Order = new OrderFacts("b") });
        Assert.Empty(summary.Bought);
    }

    [Fact]
    public void Sixteen_categories_of_the_most_units_are_kept_by_name()
    {
        var lines = Enumerable.Range(10, 20).Select(i => Line($"c{i}", 100, i is 10 or 11 ? 50 : 30 - i));
        Assert.Equal(
            Enumerable.Range(10, 16).Select(i => $"c{i}"),
            Summarise(Order(0, "a", 1, [.. lines.Reverse()])).Bought.Select(b => b.Category));
    }

    [Fact]
    public void An_amount_beyond_64_bits_is_exact()
    {
        var summary = Summarise(Order(0, "a", 1, Line("gold", long.MaxValue / 2, 1_000_000)));
        Assert.Equal(new Money((Int128)(long.MaxValue / 2) * 1_000_000), Assert.Single(summary.Bought).Amount);
    }

    [Fact]
    public void Prices_read_back_as_they_were_written()
    {
        var read = JsonSerializer.Deserialize(
            JsonSerializer.Serialize(Prices, ValuationJson.Default.CategoryPrices), ValuationJson.Default.CategoryPrices)!;
        Assert.Equal(Prices.Means, read.Means);
        Assert.Equal(1.6, read.LevelOf(Lavish));
        Assert.True(JsonSerializer.Deserialize("{}", ValuationJson.Default.CategoryPrices)!.IsEmpty);
    }

    private static ProductLine Line(string category, long minor, int units = 1) => new("p", category, new Money(minor), units);
}
