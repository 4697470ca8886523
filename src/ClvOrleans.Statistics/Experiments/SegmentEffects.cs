using System.Collections.Immutable;

namespace ClvOrleans.Statistics.Experiments;

/// <summary>Effects by segment.</summary>
/// <param name="Segments">The segments, in the order given.</param>
/// <param name="Omitted">Segments of which nothing can be told, with the reason: an arm is too small, or nothing varies.</param>
/// <param name="Heterogeneity">Cochran's Q: how far the effects differ.</param>
/// <param name="HeterogeneityPValue">
/// Probability of such differences if all segments had one effect. Where it is not small, differences between segments mean nothing.
/// </param>
public sealed record SegmentEffects(
    ImmutableArray<SegmentEffect> Segments,
    ImmutableArray<(string Segment, string Reason)> Omitted,
    double Heterogeneity,
    double HeterogeneityPValue)
{
    /// <summary>Compares the arms in each segment, and says how many comparisons that are.</summary>
    /// <param name="segments">The segments; a unit is in one of them at most.</param>
    /// <param name="scale">Absolute or relative.</param>
    /// <param name="alpha">Error rate of each interval alone.</param>
    public static SegmentEffects Of(IEnumerable<SegmentArms> segments, EffectScale scale = EffectScale.Absolute, double alpha = .05)
    {
        var (found, omitted) = (new List<(string Segment, Effect Effect)>(), new List<(string Segment, string Reason)>());
        foreach (var (segment, control, treated) in segments)
        {
            try
            {
                found.Add((segment, WelchTest.Compare(control, treated, scale, alpha: alpha)));
            }
            catch (ExperimentException e)
            {
                omitted.Add((segment, e.Message));
            }
        }

        double[] p = [.. found.Select(f => f.Effect.PValue)];
        var (holm, benjamini) = (Multiplicity.Holm(p), Multiplicity.BenjaminiHochberg(p));
        double[] weights = [.. found.Select(f => 1 / (f.Effect.StandardError * f.Effect.StandardError))];
        var mean = found.Select((f, i) => weights[i] * f.Effect.Estimate).Sum() / weights.Sum();
        var q = found.Select((f, i) => weights[i] * (f.Effect.Estimate - mean) * (f.Effect.Estimate - mean)).Sum();
        return new SegmentEffects(
            [.. found.Select((f, i) => new SegmentEffect(f.Segment, f.Effect, holm[i], benjamini[i]))],
            [.. omitted],
            q,
            Significance.UpperChiSquare(q, Math.Max(0, found.Count - 1)));
    }
}
