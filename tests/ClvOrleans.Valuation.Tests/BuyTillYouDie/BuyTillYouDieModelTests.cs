using System.Collections.Immutable;
using System.Text.Json;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.BuyTillYouDie;
using ClvOrleans.Valuation.Estimates;
using ClvOrleans.Valuation.Market;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Valuation.Tests.BuyTillYouDie;

public sealed class BuyTillYouDieModelTests
{
    private static readonly DateOnly Day = new(2024, 6, 1);
    private static readonly Horizon Quarter = new(90);
    private static readonly StoreSettings Store = new() { Id = new StoreId("shop") };

    private static readonly ModelVersion Plain = new()
    {
        Id = "mbg-nbd-1",
        Family = "mbg-nbd",
        Parameters = ImmutableSortedDictionary<string, double>.Empty.Add("r", .525).Add("alpha", 6.183).Add("a", .891).Add("b", 1.614),
        SpendParameters = ImmutableSortedDictionary<string, double>.Empty.Add("p", 6.25).Add("q", 3.74).Add("v", 1544),
    };

    private static readonly ModelVersion Following = Plain with { MarketEffects = new MarketEffects(.8, .3, -.5) };

    private static readonly MarketCalendar Summer = MarketCalendar.Empty
        .With(new MarketEntry("past", MarketKind.Competitor, new(2024, 2, 1), new(2024, 3, 1)))
        .With(new MarketEntry("summer", MarketKind.Promotion, new(2024, 7, 1), new(2024, 7, 20), .7));

    [Fact]
    public void Intervals_of_higher_levels_hold_those_of_lower_ones_and_the_next_order_comes_in_order()
    {
        var customer = Customer(2024, 1, 5, 40, 80, 120);
        var estimate = new BuyTillYouDieModel(Plain).Forecast(customer, MarketCalendar.Empty, Store, Day, new Horizon(365));
        Assert.Equal([.5, .8, .95], estimate.Intervals!.Select(i => i.Level));
        Assert.Equal(estimate.Interval, estimate.Intervals![1]);
        Assert.True(
            estimate.Intervals![2].Lower <= estimate.Intervals[1].Lower && estimate.Intervals[1].Lower <= estimate.Intervals[0].Lower);
        Assert.True(estimate.Intervals[0].Upper < estimate.Intervals[1].Upper && estimate.Intervals[1].Upper < estimate.Intervals[2].Upper);
        Assert.True(estimate.NextOrder!.Early < estimate.NextOrder.Median);
    }

    [Fact]
    public void A_model_that_follows_the_market_expects_more_of_a_promotion_and_sooner()
    {
        var customer = Customer(2024, 1, 5, 40, 80, 120);
        var model = new BuyTillYouDieModel(Following);
        var quiet = model.Forecast(customer, MarketCalendar.Empty, Store, Day, Quarter);
        var moved = model.Forecast(customer, Summer, Store, Day, Quarter);
        Assert.True(moved.Value > quiet.Value && moved.ExpectedOrders > quiet.ExpectedOrders);
        Assert.True(moved.NextOrder!.Median < quiet.NextOrder!.Median);
    }

    [Fact]
    public void A_quiet_market_is_the_plain_model_to_the_bit()
    {
        var customer = Customer(2023, 3, 5, 40, 80, 320);
        var plain = new BuyTillYouDieModel(Plain).Forecast(customer, MarketCalendar.Empty, Store, Day, Quarter);
        var following = new BuyTillYouDieModel(Following).Forecast(customer, MarketCalendar.Empty, Store, Day, Quarter);
        Same(plain, following);
    }

    [Fact]
    public void What_was_asked_before_does_not_change_a_bit()
    {
        var (asked, fresh) = (new BuyTillYouDieModel(Following), new BuyTillYouDieModel(Following));
        var customer = Customer(2024, 1, 5, 40, 80, 120);
        asked.Forecast(Customer(2017, 5, 3, 20), Summer, Store, Day.AddDays(-100), new Horizon(700));
        Same(fresh.Forecast(customer, Summer, Store, Day, Quarter), asked.Forecast(customer, Summer, Store, Day, Quarter));
    }

    [Fact]
    public void A_version_survives_the_registry_and_one_from_before_covariances_is_read()
    {
        ImmutableArray<double> covariance = [.. Enumerable.Range(0, 16).Select(i => i % 5 == 0 ? .01 : 0)];
        var version = Following with { Fitted = ["r", "alpha", "a", "b"], Covariance = covariance };
        var read = Again(version);
        var customer = Customer(2024, 1, 5, 40, 80, 120);
        Same(
            new BuyTillYouDieModel(version).Forecast(customer, Summer, Store, Day, Quarter),
            new BuyTillYouDieModel(read).Forecast(customer, Summer, Store, Day, Quarter));

        const string Old = """{"id":"bg-nbd-1","family":"bg-nbd","parameters":{"r":0.2,"alpha":4,"a":0.8,"b":2.4}}""";
        var old = JsonSerializer.Deserialize(Old, ValuationJson.Default.ModelVersion)!;
        Assert.Empty(Again(old).Covariance);
        Assert.True(new BuyTillYouDieModel(old).Forecast(customer, Summer, Store, Day, Quarter).Value > Money.Zero);
    }

    private static ModelVersion Again(ModelVersion version) =>
        JsonSerializer.Deserialize(
            JsonSerializer.Serialize(version, ValuationJson.Default.ModelVersion), ValuationJson.Default.ModelVersion)!;

    private static void Same(Estimate expected, Estimate actual)
    {
        Assert.Equal(expected.Intervals, actual.Intervals);
        Assert.Equal(expected with { Intervals = null }, actual with { Intervals = null });
    }

    private static CustomerSummary Customer(int year, int month, params int[] days) => new()
    {
        PurchaseDays =
        [
            .. days.Select(
                d => new PurchaseDay(new DateOnly(year, month, 1).AddDays(d), 1, new Money(4_000), new Money(4_000), new Money(1_200))),
        ],
    };
}
