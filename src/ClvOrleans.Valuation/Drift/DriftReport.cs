using System.Collections.Immutable;
using System.Globalization;
using ClvOrleans.Valuation.Features;

namespace ClvOrleans.Valuation.Drift;

/// <summary>How far the customers have moved from what a model was trained on, and its predictions from what happened.</summary>
/// <param name="Model">The model version.</param>
/// <param name="AsOf">The local day.</param>
/// <param name="Features">The watched features; empty for a version that kept no bins.</param>
/// <param name="Months">The predictions whose days have passed, the latest first.</param>
public sealed record DriftReport(
    string Model, DateOnly AsOf, ImmutableArray<FeatureDrift> Features, ImmutableArray<Calibration> Months)
{
    /// <summary>
    /// How far the value of all buyers was off in the months predicted: the root of the mean squared ln(actual / expected); null where
    /// there is none.
    /// </summary>
    public double? LevelError => Months.Select(m => m.Value.LogRatio).OfType<double>().ToArray() is { Length: > 0 } ratios
        ? Math.Sqrt(ratios.Average(r => r * r))
        : null;

    /// <summary>
    /// Why a training is asked for; empty where it is not. The rule: a feature has shifted, or the orders or the value of the last month
    /// predicted were off by more than a fifth and by more than chance explains.
    /// </summary>
    public ImmutableArray<string> Reasons =>
    [
        .. Features.Where(f => f.HasShifted).Select(f => string.Create(
            CultureInfo.InvariantCulture, $"{f.Feature} has shifted: its stability index is {f.Stability:0.00}, above {f.Limit:0.00}")),
        .. Months.Take(1).SelectMany(m => new[] { ("orders", m.Orders), ("value", m.Value) }).Where(l => l.Item2.IsOff)
            .Select(l => string.Create(
                CultureInfo.InvariantCulture,
                $"the {l.Item1} of the last month predicted were {l.Item2.Ratio ?? 0:0.00} times what was expected")),
    ];
}
