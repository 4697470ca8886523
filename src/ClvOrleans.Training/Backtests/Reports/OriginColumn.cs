using System.Collections.Immutable;
using System.Globalization;
using ClvOrleans.Training.Backtests.Origins;

namespace ClvOrleans.Training.Backtests.Reports;

/// <summary>A figure of a model over all origins.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Meaning">What it is, in one sentence.</param>
/// <param name="Format">How it is written.</param>
/// <param name="Of">The figure; null where the model does not make what it would be measured by.</param>
/// <param name="Badness">How far a figure is from the ideal; null where none is.</param>
public sealed record OriginColumn(string Name, string Meaning, string Format, Func<OriginRow, double?> Of, Func<double, double>? Badness)
{
    private const double Level = .8;

    /// <summary>The figures of the store's total.</summary>
    public static ImmutableArray<OriginColumn> Total { get; } =
    [
        new("level", "Root of the mean squared ln(actual / predicted) of the total.", "0.000", r => r.LevelError, v => v),
        new(
            "bias", "Mean ln(actual / predicted): above 0 where too little is forecast.", "+0.000;-0.000;0.000", r => r.LevelBias,
            Math.Abs),
        new("worst", "The factor by which the worst total was off.", "0.00", r => r.WorstFactor, v => v),
        new("cov80", "Share of origins whose total came within its 80 % interval.", "0.00", r => r.TotalCoverage, v => Math.Abs(v - Level)),
        new("score", "Mean interval score (Winkler) of the total over what came.", "0.000", r => r.TotalIntervalScore, v => v),
        new(
            "CRPS", "Mean continuous ranked probability score of the total over what came.", "0.000", r => r.TotalRankedProbability,
            v => v),
    ];

    /// <summary>The figures of single customers.</summary>
    public static ImmutableArray<OriginColumn> Customers { get; } =
    [
        new(
            "cov80", "Share of customers within their 80 % interval; a chance of nothing makes it hold more.", "0.000",
            r => r.Customers?.Held, null),
        new("below", "Share of customers below it.", "0.000", r => r.Customers?.Below, null),
        new(
            "above", "Share of customers above it: .1 if it is right.", "0.000", r => r.Customers?.Above,
            v => Math.Abs(v - ((1 - Level) / 2))),
        new("score", "Mean interval score (Winkler), in the currency.", "0.00", r => r.Customers?.IntervalScore, v => v),
        new("CRPS", "Mean continuous ranked probability score, in the currency.", "0.00", r => r.RankedProbability, v => v),
        new("PIT", "Kolmogorov's distance of the randomised transforms from uniform.", "0.000", r => r.TransformDistance, v => v),
    ];

    /// <summary>The figure as text; a hyphen where there is none.</summary>
    public string Text(OriginRow row) => Of(row) is { } value ? value.ToString(Format, CultureInfo.InvariantCulture) : "-";

    /// <summary>Whether no row is better.</summary>
    public bool IsBest(OriginRow row, IEnumerable<OriginRow> rows) => Badness is { } badness && Of(row) is { } value
        && rows.Select(Of).OfType<double>().All(v => badness(value) <= badness(v));
}
