using ClvOrleans.Domain.Currencies;
using ClvOrleans.Valuation.Drift;
using ClvOrleans.Valuation.Features;

namespace ClvOrleans.Grains.Trainings;

/// <summary>How far customers have moved from a model's training data, and its predictions from what happened.</summary>
/// <param name="Model">The model version.</param>
/// <param name="AsOf">The local day.</param>
/// <param name="AsksForTraining">Whether the rule asks for a training.</param>
/// <param name="Reasons">Why it does.</param>
/// <param name="Features">Stability of the watched features; empty for the prior and for versions that kept no bins.</param>
/// <param name="Months">Predictions of 30 days that have passed, the latest first.</param>
public sealed record ModelDrift(
    string Model, DateOnly AsOf, bool AsksForTraining, IReadOnlyList<string> Reasons, IReadOnlyList<FeatureDrift> Features,
    IReadOnlyList<PredictedMonth> Months)
{
    /// <summary>Root of the mean squared ln(actual / expected) of the value over the months; null without one.</summary>
    public double? LevelError { get; init; }

    /// <summary>A report as the API shows it.</summary>
    public static ModelDrift Of(DriftReport report, Currency currency) => new(
        report.Model, report.AsOf, !report.Reasons.IsEmpty, report.Reasons, report.Features,
        [.. report.Months.Select(m => PredictedMonth.Of(m, currency))])
    {
        LevelError = report.LevelError,
    };
}
