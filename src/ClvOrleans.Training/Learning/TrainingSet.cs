using ClvOrleans.Model.Estimates;
using ClvOrleans.Model.Features;
using ClvOrleans.Training.Backtests;

namespace ClvOrleans.Training.Learning;

/// <summary>Customers as of earlier days of a history, and what came after these.</summary>
internal sealed class TrainingSet
{
    private readonly List<double> _rows = [];
    private readonly List<double> _values = [];

    /// <summary>Features, one row after the other.</summary>
    public double[] Rows => [.. _rows];

    /// <summary>Value in the window, never below zero.</summary>
    public double[] Values => [.. _values];

    public int Count => _values.Count;

    /// <summary>Gathers windows of a history.</summary>
    public static TrainingSet Of(StoreHistory past, IEnumerable<(DateOnly Cut, DateOnly End)> windows, ValueKind kind)
    {
        var set = new TrainingSet();
        foreach (var (cut, end) in windows)
        {
            var known = past.Until(end);
            var before = known.Until(cut);
            if (before.Buyers.IsEmpty)
            {
                continue;
            }

            set._rows.AddRange(FeatureSource.Fit(before, kind).Rows(before.Buyers, new Horizon(end.DayNumber - cut.DayNumber)));
            set._values.AddRange(known.OutcomesOf(before, kind).Select(o => Math.Max(0.0, o.Value.Minor)));
        }

        return set;
    }
}
