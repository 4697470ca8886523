using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.BuyTillYouDie;
using ClvOrleans.Valuation.Market;
using ClvOrleans.Valuation.Models;
using CsCheck;

namespace ClvOrleans.Valuation.Tests.Explanations;

/// <summary>A store, its models and what its customers may do.</summary>
internal static class Shop
{
    public static readonly DateTimeOffset Opening = new(2023, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateOnly Day = new(2024, 6, 1);
    public static readonly Horizon Year = new(365);

    public static readonly StoreSettings Store =
        new() { Id = new StoreId("shop"), TimeZone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York") };

    public static readonly MarketCalendar Summer = MarketCalendar.Empty
        .With(new MarketEntry("past", MarketKind.Competitor, new(2024, 2, 1), new(2024, 3, 1)))
        .With(new MarketEntry("summer", MarketKind.Promotion, new(2024, 7, 1), new(2024, 7, 20), .7));

    public static readonly ModelVersion Geometric = new()
    {
        Id = "mbg-nbd-1",
        Family = "mbg-nbd",
        Parameters = ImmutableSortedDictionary<string, double>.Empty.Add("r", .525).Add("alpha", 6.183).Add("a", .891).Add("b", 1.614),
        SpendParameters = ImmutableSortedDictionary<string, double>.Empty.Add("p", 6.25).Add("q", 3.74).Add("v", 1544),
    };

    public static readonly ModelVersion Following =
        Geometric with { Id = "mbg-nbd-market-1", MarketEffects = new MarketEffects(.8, .3, -.5) };

    public static readonly ModelVersion Regular = Geometric with
    {
        Id = "bg-cnbd-k-1",
        Family = "bg-cnbd-k",
        Parameters = Geometric.Parameters.Add("k", 3),
        SpendParameters = null,
        MeanSpend = 2_500,
    };

    public static readonly ImmutableArray<BuyTillYouDieModel> Models =
        [.. new[] { PriorModel.Version, Geometric, Following, Regular }.Select(v => new BuyTillYouDieModel(v))];

    public static readonly Gen<CustomerEvent[]> Histories =
        (from number in Gen.Int[0, 10_000]
         from kind in Gen.Frequency(
             (4, Gen.Const(EventKind.OrderCompleted)), (1, Gen.Const(EventKind.OrderUpdated)), (1, Gen.Const(EventKind.OrderCancelled)),
             (1, Gen.Const(EventKind.OrderRefunded)), (3, Gen.Const(EventKind.PageViewed)), (1, Gen.Const(EventKind.Identified)))
         from hour in Gen.Int[0, 12_360]
         from order in Gen.Int[0, 12]
         from minor in Gen.Long[0, 9_000]
         from whole in Gen.Bool
         select Event($"m{number}", kind, hour) with
         {
             Order = kind is EventKind.OrderCompleted or EventKind.OrderUpdated or EventKind.OrderCancelled
                 ? new OrderFacts($"{order}", new Money(minor))
                 : null,
             Refund = kind == EventKind.OrderRefunded
                 ? new RefundFacts(minor < 500 ? null : $"{order}", whole ? null : new Money(minor))
                 : null,
         }).List[0, 40].Select(l => l.DistinctBy(e => e.Key).ToArray());

    public static CustomerEvent Event(string message, EventKind kind, int hour) =>
        new() { MessageId = message, Source = "web", Kind = kind, At = Opening.AddHours(hour) };

    public static CustomerEvent Order(string order, long minor, int day) =>
        Event("order:" + order, EventKind.OrderCompleted, (day * 24) + 12) with { Order = new OrderFacts(order, new Money(minor)) };

    public static CustomerEvent Refund(string order, long? minor, int day) =>
        Event("refund:" + order, EventKind.OrderRefunded, (day * 24) + 13) with
        {
            Refund = new RefundFacts(order, minor is { } m ? new Money(m) : null),
        };

    public static CustomerSummary Summarise(params CustomerEvent[] events) => CustomerSummary.Of(CustomerState.Fold(events, Store), Store);
}
