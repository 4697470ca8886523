using ClvOrleans.Model.Currencies;
using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Estimates;

namespace ClvOrleans.Model.Segments;

/// <summary>What a customer adds to the reports: absolute, never a change, so that losing, repeating and reordering do no harm.</summary>
/// <param name="Revision">The customer's sequence in the journal; the greater one is newer.</param>
/// <param name="EstimatedOn">Local day of the estimate.</param>
/// <param name="Generation">Counts the champions of the store: which one made the estimate.</param>
/// <param name="Cell">Where it is counted; null for a customer that was merged into another or erased.</param>
/// <param name="Sums">What it adds.</param>
public sealed record Contribution(long Revision, DateOnly EstimatedOn, int Generation, SegmentCell? Cell, SegmentSums Sums)
{
    /// <summary>The contribution of a customer as estimated.</summary>
    public static Contribution Of(long revision, int generation, CustomerSummary customer, Estimate estimate, int marginBasisPoints)
    {
        return new Contribution(
            revision,
            estimate.AsOf,
            generation,
            new SegmentCell(LifecycleRule.Of(customer, estimate), ValueBucket.Of(estimate.Value)),
            new SegmentSums(
                1, customer.Orders, customer.Gross, customer.Net, customer.MarginAt(marginBasisPoints), estimate.Value, estimate.ValueAtRisk,
                (long)Math.Round(estimate.ExpectedOrders * 1e6), (long)Math.Round(estimate.ProbabilityAlive * 1e6)));
    }

    /// <summary>The contribution of a customer that is no more.</summary>
    public static Contribution Gone(long revision) => new(revision, default, 0, null, default);
}
