using ClvOrleans.Valuation.Drift;

namespace ClvOrleans.Grains.Trainings;

/// <summary>How often what buyers spent was within the intervals that were predicted of them.</summary>
/// <param name="Customers">Number of buyers.</param>
/// <param name="Coverage">Share within.</param>
/// <param name="Below">Share below.</param>
/// <param name="Above">Share above.</param>
public sealed record PredictedIntervals(long Customers, double Coverage, double Below, double Above)
{
    /// <summary>The shares of counts; null where nothing was counted.</summary>
    public static PredictedIntervals? Of(IntervalHits? hits) => hits is { Customers: > 0 }
        ? new PredictedIntervals(hits.Customers, hits.Coverage, (double)hits.Below / hits.Customers, (double)hits.Above / hits.Customers)
        : null;
}
