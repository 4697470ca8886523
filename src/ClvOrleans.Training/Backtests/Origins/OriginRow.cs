using System.Collections.Immutable;

namespace ClvOrleans.Training.Backtests.Origins;

/// <summary>A model over all origins, at one horizon.</summary>
public sealed record OriginRow
{
    /// <summary>The model.</summary>
    public required string Model { get; init; }

    /// <summary>The horizon in months.</summary>
    public required int Months { get; init; }

    /// <summary>The totals, by origin; origins at which the model could not be fitted are left out.</summary>
    public required ImmutableArray<OriginTotal> Totals { get; init; }

    /// <summary>Why it could not be fitted at an origin, by origin.</summary>
    public ImmutableArray<string> Refusals { get; init; } = [];

    /// <summary>Coverage of all customers; null where the model gives no intervals.</summary>
    public CustomerCoverage? Customers { get; init; }

    /// <summary>Coverage by lifecycle, where the model knows P(alive).</summary>
    public ImmutableArray<CustomerCoverage> ByLifecycle { get; init; } = [];

    /// <summary>Coverage by number of repeat purchases and probability of no purchase.</summary>
    public ImmutableArray<CustomerCoverage> ByRepeats { get; init; } = [];

    /// <summary>Coverage by tenths of the predicted value at each origin, highest first.</summary>
    public ImmutableArray<CustomerCoverage> ByDecile { get; init; } = [];

    /// <summary>Mean continuous ranked probability score of customers, in major units; null without distributions.</summary>
    public double? RankedProbability { get; init; }

    /// <summary>Randomised transforms of customers in twenty equal bins, as shares; empty without distributions.</summary>
    public ImmutableArray<double> Transforms { get; init; } = [];

    /// <summary>Kolmogorov's distance of the transforms of customers from uniform.</summary>
    public double? TransformDistance { get; init; }

    /// <summary>Root of the mean squared log ratio of the totals.</summary>
    public double? LevelError => Root(Ratios);

    /// <summary>Mean log ratio of the totals: above 0 where too little is forecast.</summary>
    public double? LevelBias => Ratios is { Length: > 0 } ratios ? ratios.Average() : null;

    /// <summary>The factor by which the worst total was off, at least 1.</summary>
    public double? WorstFactor => Ratios is { Length: > 0 } ratios ? Math.Exp(ratios.Max(Math.Abs)) : null;

    /// <summary>Share of origins whose total came within its 80 % interval; null where there are no intervals.</summary>
    public double? TotalCoverage => Mean(t => t.IsHeld is { } held ? held ? 1 : 0 : null);

    /// <summary>Mean interval score of the totals over what came.</summary>
    public double? TotalIntervalScore => Mean(t => t.Actual > 0 ? t.IntervalScore / t.Actual : null);

    /// <summary>Mean continuous ranked probability score of the totals over what came.</summary>
    public double? TotalRankedProbability => Mean(t => t.Actual > 0 ? t.RankedProbability / t.Actual : null);

    private double[] Ratios => [.. Totals.Select(t => t.LogRatio).OfType<double>()];

    private static double? Root(double[] values) => values.Length == 0 ? null : Math.Sqrt(values.Average(v => v * v));

    private double? Mean(Func<OriginTotal, double?> of) =>
        Totals.Select(of).OfType<double>().ToArray() is { Length: > 0 } all ? all.Average() : null;
}
