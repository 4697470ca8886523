using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Valuation.Estimates;

namespace ClvOrleans.Valuation.Segments;

/// <summary>What a customer adds to the reports: absolute, never a change, so that losing, repeating and reordering do no harm.</summary>
/// <param name="Revision">The customer's sequence in the journal; the greater one is newer.</param>
/// <param name="EstimatedOn">Local day of the estimate.</param>
/// <param name="Generation">Counts the champions of the store: which one made the estimate.</param>
/// <param name="Cell">Where it is counted; null for a customer that was merged into another or erased.</param>
/// <param name="Sums">What it adds.</param>
public sealed record Contribution(long Revision, DateOnly EstimatedOn, int Generation, SegmentCell? Cell, SegmentSums Sums)
{
    private const double Millionths = 1e6;

    /// <summary>Local day of the customer's latest event.</summary>
    public DateOnly LastSeen { get; init; }

    /// <summary>The market calendar of the estimate, as in <see cref="MarketCalendar.ToVersion"/>; empty where it is not known.</summary>
    public string Market { get; init; } = "";

    /// <summary>The store's margin when the customer was summed up, in basis points; -1 where it is not known.</summary>
    public int MarginBasisPoints { get; init; } = -1;

    /// <summary>The own segments that the customer is in.</summary>
    public SegmentSet Segments { get; init; }

    /// <summary>The definitions of segments and policies by which the customer was looked at; empty where there never were any.</summary>
    public string Definitions { get; init; } = "";

    /// <summary>Whether estimate and segments do not rest on what they should rest on now.</summary>
    public bool IsLate(EstimateTerms due) => Cell is not null
        && (EstimatedOn != (LastSeen > due.Day ? LastSeen : due.Day) || Generation < due.Generation
            || !string.Equals(Market, due.Market, StringComparison.Ordinal)
            || !string.Equals(Definitions, due.Definitions, StringComparison.Ordinal));

    /// <summary>The contribution of a customer as estimated.</summary>
    /// <param name="revision">The customer's sequence in the journal.</param>
    /// <param name="generation">Which champion made the estimate.</param>
    /// <param name="customer">The customer, summed up with the store's present margin.</param>
    /// <param name="estimate">The estimate.</param>
    /// <param name="marginBasisPoints">That margin.</param>
    /// <param name="market">The calendar of the estimate; null for an empty one.</param>
    public static Contribution Of(
        long revision, int generation, CustomerSummary customer, Estimate estimate, int marginBasisPoints, MarketCalendar? market = null)
    {
        return new Contribution(
            revision,
            estimate.AsOf,
            generation,
            new SegmentCell(LifecycleRule.Of(customer, estimate), ValueBucket.Of(estimate.Value)),
            new SegmentSums(
                1, customer.Orders, customer.Gross, customer.Net, customer.MarginAt(marginBasisPoints), estimate.Value, estimate.RevenueAtRisk,
                (long)Math.Round(estimate.ExpectedOrders * Millionths), (long)Math.Round(estimate.ProbabilityAlive * Millionths),
                (Int128)Math.Round(estimate.Variance), (long)Math.Round(estimate.Hazard * Millionths)))
        {
            LastSeen = customer.LastSeen,
            Market = (market ?? MarketCalendar.Empty).ToVersion(),
            MarginBasisPoints = marginBasisPoints,
        };
    }

    /// <summary>The contribution of a customer that is no more.</summary>
    public static Contribution Gone(long revision) => new(revision, default, 0, null, default);
}
