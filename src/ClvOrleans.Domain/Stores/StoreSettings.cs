using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;

namespace ClvOrleans.Domain.Stores;

/// <summary>What the folds and models need to know of a store.</summary>
public sealed record StoreSettings
{
    /// <summary>The store.</summary>
    public required StoreId Id { get; init; }

    /// <summary>All money of the store is kept in it. Default USD.</summary>
    public Currency Currency { get; init; } = Currency.Of("USD");

    /// <summary>Decides the calendar day of an order. Default UTC.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>
    /// The part of an order's value that remains after its costs, in basis points, where the order names no cost. Default 3,000 (30 %).
    /// </summary>
    public int MarginBasisPoints { get; init; } = 3_000;

    /// <summary>Continuous yearly discount rate of future orders. Default .10.</summary>
    public double AnnualDiscountRate { get; init; } = .10;

    /// <summary>How far reports look ahead. Default 365 days.</summary>
    public Horizon Horizon { get; init; } = new(365);

    /// <summary>Units of the store's currency for one unit of another, by ISO code. Default none: such orders are refused.</summary>
    public ImmutableDictionary<string, decimal> Rates { get; init; } = ImmutableDictionary<string, decimal>.Empty;

    /// <summary>
    /// What the categories of a consent manager mean: the purposes (<see cref="Customers.Consents"/>) of each, by the category's id.
    /// Default none: categories are then not read.
    /// </summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> ConsentCategories { get; init; } =
        ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>
    /// For how many days what is no event of a customer is kept, and behaviour whole. What is not named is kept as long as the installation
    /// says, which for dead letters, events that wait, exposures and behaviour is for good. Default none.
    /// </summary>
    public ImmutableSortedDictionary<Retained, int> KeepDays { get; init; } = ImmutableSortedDictionary<Retained, int>.Empty;

    /// <summary>
    /// How many customers a group has at least that reports tell of; 0 for any number. Default 0.
    /// </summary>
    public int SmallestGroup { get; init; }

    /// <summary>How many shards its customers are spread over; chosen with the store, and stays. Default 64.</summary>
    public ShardCount Shards { get; init; }

    /// <summary>That reports are told with noise; null where they are told exactly. Default null.</summary>
    public ReportNoise? Noise { get; init; }

    /// <summary>The pseudonyms under which people are kept; null where ids are kept as they are. Default null.</summary>
    public Pseudonyms? Pseudonyms { get; init; }

    /// <summary>What is from before it is not kept; null where it is kept for good.</summary>
    /// <param name="what">What.</param>
    /// <param name="now">The time.</param>
    public DateTimeOffset? KeptSince(Retained what, DateTimeOffset now) =>
        KeepDays.TryGetValue(what, out var days) ? now.AddDays(-days) : null;

    /// <summary>What is from before it is not kept.</summary>
    /// <param name="what">What.</param>
    /// <param name="now">The time.</param>
    /// <param name="otherwise">For how many days it is kept where the store does not say.</param>
    public DateTimeOffset KeptSince(Retained what, DateTimeOffset now, int otherwise) =>
        KeptSince(what, now) ?? now.AddDays(-otherwise);

    /// <summary>The calendar day of an instant in the store's time zone.</summary>
    public DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, TimeZone).DateTime);
}
