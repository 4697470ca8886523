using System.Collections.Immutable;
using ClvOrleans.Valuation.Intervals;
using MathNet.Numerics.Distributions;

namespace ClvOrleans.Training.Intervals;

/// <summary>
/// Calibrates a <see cref="ValueShape"/>. Each window is divided by what came of it in all: by the ratio of values, and by that of hazards,
/// so that as many buy as did. Within a group, hazard and quantiles are then those of the customers in it.
/// </summary>
internal static class ShapeFit
{
    /// <summary>Groups of fewer customers are merged.</summary>
    public const int LeastRows = 200;

    // Fewer purchases have no quantiles.
    private const int LeastPurchases = 30;

    private const int MostParts = 3;
    private const double Least = 1e-9;

    // A single customer may be worth hundreds of times what was expected: the variance of all others does not hang on whether it was seen.
    private const double Capped = 3;

    private static readonly int[] LeastRepeats = [0, 1, 2, 4];

    /// <summary>Calibrates; null where there are too few customers or purchases for one group.</summary>
    /// <param name="rows">The customers of past windows: predictions of fits that had not seen what came of them.</param>
    /// <param name="days">Length of the windows.</param>
    public static ValueShape? Of(IEnumerable<ShapeRow> rows, int days)
    {
        var windows = rows.Where(r => r.Expected > 0).GroupBy(r => r.Window).Where(w => w.Any(r => r.Came > 0)).ToArray();
        var parts = Classes([.. windows.SelectMany(Levelled)]);
        return parts.Count == 0 ? null
            : new ValueShape([.. parts.SelectMany(c => Groups(c.LeastRepeats, c.Rows))], windows.Length, days);
    }

    private static IEnumerable<ShapeRow> Levelled(IEnumerable<ShapeRow> window)
    {
        ShapeRow[] rows = [.. window.Select(r => r with { None = Math.Clamp(r.None, Least, 1 - Least) })];
        var (level, hazard) = (rows.Sum(r => Math.Max(0, r.Came)) / rows.Sum(r => r.Expected), HazardOf(rows));
        return rows.Select(r => r with { Expected = r.Expected * level, None = Math.Pow(r.None, hazard) });
    }

    // Thin classes join the one of fewer purchases, and the first the one above it.
    private static List<(int LeastRepeats, ShapeRow[] Rows)> Classes(ShapeRow[] rows)
    {
        var classes = new List<(int LeastRepeats, ShapeRow[] Rows)>();
        for (var c = LeastRepeats.Length - 1; c >= 0; c--)
        {
            var below = c + 1 < LeastRepeats.Length ? LeastRepeats[c + 1] : int.MaxValue;
            var own = rows.Where(r => r.Repeats >= LeastRepeats[c] && r.Repeats < below).ToArray();
            if (classes.Count > 0 && (IsThin(classes[^1].Rows) || (c == 0 && IsThin(own))))
            {
                own = [.. own, .. classes[^1].Rows];
                classes.RemoveAt(classes.Count - 1);
            }

            classes.Add((LeastRepeats[c], own));
        }

        classes.Reverse();
        return classes is [var all] && IsThin(all.Rows) ? [] : classes;
    }

    private static IEnumerable<ShapeGroup> Groups(int leastRepeats, ShapeRow[] rows)
    {
        var sorted = rows.OrderBy(r => r.None).ToArray();
        for (var parts = MostParts; ; parts--)
        {
            double[] starts = [0, .. Enumerable.Range(1, parts - 1).Select(i => sorted[sorted.Length * i / parts].None).Distinct()];
            var groups = sorted.GroupBy(r => Array.FindLastIndex(starts, s => s <= r.None))
                .Select(g => (Start: starts[g.Key], Rows: g.ToArray())).ToArray();
            if (parts == 1 || Array.TrueForAll(groups, g => !IsThin(g.Rows)))
            {
                return groups.Select((g, i) => GroupOf(leastRepeats, i == 0 ? 0 : g.Start, g.Rows));
            }
        }
    }

    private static bool IsThin(ShapeRow[] rows) => rows.Length < LeastRows || rows.Count(r => r.Came > 0) < LeastPurchases;

    private static ShapeGroup GroupOf(int leastRepeats, double leastNone, ShapeRow[] rows)
    {
        var hazard = HazardOf(rows);
        double[] logs =
        [
            .. rows.Where(r => r.Came > 0).Select(r => Math.Log(r.Came * (1 - Math.Pow(r.None, hazard)) / r.Expected)).Order(),
        ];
        var mean = logs.Average();
        var spread = Math.Sqrt(logs.Sum(l => (l - mean) * (l - mean)) / logs.Length);
        var group = new ShapeGroup(leastRepeats, leastNone, hazard, Quantiles(logs, spread), 1, rows.Length);
        var most = group.LogRatioAt(Capped);
        return group with { MeanSquare = logs.Average(l => Math.Exp(2 * Math.Min(l, most))) };
    }

    // The conformal quantile of probability p is the one of rank p (n + 1). Beyond the ranks that there are it goes on as a lognormal
    // distribution of the same spread does: an interval without an end says nothing.
    private static ImmutableArray<double> Quantiles(double[] logs, double spread)
    {
        var quantiles = new double[ShapeGroup.Knots];
        var (first, last) = (Normal.InvCDF(0, 1, 1.0 / (logs.Length + 1)), Normal.InvCDF(0, 1, (double)logs.Length / (logs.Length + 1)));
        for (var k = 0; k < quantiles.Length; k++)
        {
            var score = (k * ShapeGroup.Step) - ShapeGroup.Outermost;
            var within = Math.Clamp(score, first, last);
            var rank = Math.Clamp((Normal.CDF(0, 1, within) * (logs.Length + 1)) - 1, 0, logs.Length - 1);
            var (below, part) = ((int)rank, rank - Math.Floor(rank));
            var above = Math.Min(below + 1, logs.Length - 1);
            quantiles[k] = logs[below] + (part * (logs[above] - logs[below])) + ((score - within) * spread);
            quantiles[k] = k == 0 ? quantiles[k] : Math.Max(quantiles[k], quantiles[k - 1] + Least);
        }

        return [.. quantiles];
    }

    // Of so many times the hazard as many buy nothing as did.
    private static double HazardOf(ShapeRow[] rows)
    {
        var nothing = rows.Count(r => r.Came <= 0);
        var (low, high) = (Math.Log(.01), Math.Log(100));
        while (high - low > Least)
        {
            var middle = (low + high) / 2;
            var hazard = Math.Exp(middle);
            (low, high) = rows.Sum(r => Math.Pow(r.None, hazard)) > nothing ? (middle, high) : (low, middle);
        }

        return Math.Exp((low + high) / 2);
    }
}
