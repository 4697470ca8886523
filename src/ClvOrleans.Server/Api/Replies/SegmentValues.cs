using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Reports.Disclosure;
using ClvOrleans.Valuation.Intervals;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>
/// What a group of customers adds up to. Predictions are for the store's horizon; money is in major units of its currency. All is null
/// where the store's smallestGroup or noise keeps it from being told.
/// </summary>
internal sealed record SegmentValues
{
    private static readonly string Prospect = SegmentNames.Format(Valuation.Segments.Lifecycle.Prospect);

    /// <summary>The segment, such as at-risk.top-5; the lifecycle alone of prospects; total for all who have bought.</summary>
    public required string Name { get; init; }

    /// <summary>prospect, new, active, cooling, at-risk or lost; null for the total.</summary>
    public string? Lifecycle { get; init; }

    /// <summary>top-1, top-5, top-10, top-25, top-50 or rest; null for prospects and the total.</summary>
    public string? Tier { get; init; }

    /// <summary>Number of customers.</summary>
    public long? Customers { get; init; }

    /// <summary>Number of their orders; several on a day are one purchase day.</summary>
    public long? Orders { get; init; }

    /// <summary>Value of the past, net of refunds.</summary>
    public decimal? HistoricValue { get; init; }

    /// <summary>What the store keeps of it.</summary>
    public decimal? HistoricMargin { get; init; }

    /// <summary>Predicted value.</summary>
    public decimal? PredictedValue { get; init; }

    /// <summary>
    /// The central 80 % of what they will be worth together: not the sum of the customers' intervals, since they share the season and the
    /// store's fortune. Null for prospects and where there is nobody.
    /// </summary>
    public SpendInterval? PredictedInterval { get; init; }

    /// <summary>Expected days with a purchase.</summary>
    public decimal? ExpectedPurchaseDays { get; init; }

    /// <summary>Value of a purchase before refunds; 0 where there is none.</summary>
    public decimal? AverageOrderValue { get; init; }

    /// <summary>What they would bring if none had left, times the probability that each has.</summary>
    public decimal? RevenueAtRisk { get; init; }

    /// <summary>Mean probability, 0 to 1, that a customer has not left for good; null for prospects and where there is nobody.</summary>
    public double? AverageProbabilityAlive { get; init; }

    /// <summary>
    /// A group that anybody may draw the bounds of: any other group may differ from it by one customer. With a smallest group its size is
    /// rounded down to a multiple of that, and nothing else is told; with noise nothing is.
    /// </summary>
    public static SegmentValues OfAnyBounds(string name, SegmentSums sums, StoreSettings store, ValueIntervals intervals) =>
        store.Noise is not null ? new() { Name = name }
        : store.SmallestGroup > 0
            ? new() { Name = name, Customers = SmallGroups.RoundDown(sums.Customers, store.SmallestGroup) }
            : Of(name, sums, store, intervals);

    /// <summary>A group with noise; money in minor units.</summary>
    public static SegmentValues OfReleased(
        string name, string? lifecycle, long customers, long historic, long predicted, long atRisk, Currency currency) => new()
        {
            Name = name,
            Lifecycle = lifecycle,
            Customers = customers,
            HistoricValue = currency.ToMajor(new Money(historic)),
            PredictedValue = currency.ToMajor(new Money(predicted)),
            RevenueAtRisk = currency.ToMajor(new Money(atRisk)),
        };

    /// <summary>A group.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="told">Sums over its customers; null where the group is suppressed.</param>
    /// <param name="store">The store.</param>
    /// <param name="intervals">How far predictions may be off.</param>
    /// <param name="lifecycle">The lifecycle, of a segment.</param>
    /// <param name="tier">The tier, of a segment that has one.</param>
    public static SegmentValues Of(
        string name, SegmentSums? told, StoreSettings store, ValueIntervals intervals, string? lifecycle = null, string? tier = null)
    {
        if (told is not { } sums)
        {
            return new() { Name = name, Lifecycle = lifecycle, Tier = tier };
        }

        var (currency, hasBought) = (store.Currency, sums.Customers > 0 && lifecycle != Prospect);
        return new()
        {
            Name = name,
            Lifecycle = lifecycle,
            Tier = tier,
            Customers = sums.Customers,
            Orders = sums.Orders,
            HistoricValue = currency.ToMajor(sums.Historic),
            HistoricMargin = currency.ToMajor(sums.HistoricMargin),
            PredictedValue = currency.ToMajor(sums.Predicted),
            PredictedInterval = hasBought ? SpendInterval.Of(sums.Within(intervals, store.Horizon).Interval(.8), currency) : null,
            ExpectedPurchaseDays = (decimal)sums.ExpectedOrders / 1e6m,
            AverageOrderValue = sums.Orders == 0 ? 0 : decimal.Round(currency.ToMajor(sums.Gross) / sums.Orders, currency.Decimals),
            RevenueAtRisk = currency.ToMajor(sums.AtRisk),
            AverageProbabilityAlive = hasBought ? sums.Alive / 1e6 / sums.Customers : null,
        };
    }
}
