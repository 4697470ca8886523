using System.Collections.Immutable;
using ClvOrleans.Training.Validation.Metrics;
using ClvOrleans.Valuation.Drift;

namespace ClvOrleans.Training.Validation;

/// <summary>How well totals and intervals that a store was told held, by group and horizon: the figures of rolled origins.</summary>
/// <param name="Group">The buyers, as in <see cref="PredictedTotal.Group"/>.</param>
/// <param name="Days">Number of days predicted.</param>
/// <param name="Totals">Predictions whose days have passed.</param>
/// <param name="LevelError">Root of the mean squared ln(actual / expected); null where nothing came or was expected.</param>
/// <param name="LevelBias">Its mean: above 0 where too little was expected.</param>
/// <param name="WorstFactor">The factor by which the worst total was off, at least 1.</param>
/// <param name="Held">Share of totals within their 80 % intervals.</param>
/// <param name="TotalScore">Mean interval score (Winkler) of the totals over what came.</param>
/// <param name="Customers">How often what single customers spent was within their own intervals.</param>
/// <param name="CustomerScore">Mean interval score of these, in minor units.</param>
public sealed record TrackRecord(
    string Group, int Days, int Totals, double? LevelError, double? LevelBias, double? WorstFactor, double Held, double? TotalScore,
    IntervalHits Customers, double CustomerScore)
{
    /// <summary>The rows of some totals, shorter horizons first; those whose days have not passed are left out.</summary>
    public static ImmutableArray<TrackRecord> Of(IEnumerable<PredictedTotal> totals) =>
    [
        .. totals.Where(t => t.Outcome is not null).GroupBy(t => (t.Days, t.Group)).OrderBy(g => g.Key.Days)
            .ThenBy(g => g.Key.Group != PredictedTotal.Store).ThenBy(g => g.Key.Group, StringComparer.Ordinal)
            .Select(g => Of(g.Key.Group, g.Key.Days, [.. g])),
    ];

    private static TrackRecord Of(string group, int days, PredictedTotal[] totals)
    {
        double[] ratios = [.. totals.Select(t => t.LogRatio).OfType<double>()];
        double[] scores = [.. totals.Where(t => t.Outcome!.Actual > 0).Select(ScoreOf)];
        var hits = totals.Select(t => t.Outcome!.Hits).Aggregate((a, b) => a + b);
        return new TrackRecord(
            group,
            days,
            totals.Length,
            ratios.Length == 0 ? null : Math.Sqrt(ratios.Average(r => r * r)),
            ratios.Length == 0 ? null : ratios.Average(),
            ratios.Length == 0 ? null : Math.Exp(ratios.Max(Math.Abs)),
            totals.Average(t => t.IsHeld == true ? 1 : 0),
            scores.Length == 0 ? null : scores.Average(),
            hits,
            hits.Customers == 0 ? 0 : totals.Sum(t => t.Outcome!.Score * t.Outcome.Hits.Customers) / hits.Customers);
    }

    private static double ScoreOf(PredictedTotal total) =>
        IntervalScore.Of(total.Lower, total.Upper, PredictedTotal.Level, total.Outcome!.Actual) / total.Outcome.Actual;
}
