using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace ClvOrleans.Statistics.Preprocessing;

/// <summary>
/// Prepares rows for a model: learned on training data only, kept with the model, and applied by the same code in training and live.
/// Infinite numbers count as missing. Pure and safe to call from many threads.
/// </summary>
/// <param name="Columns">What was learned, in the order of the columns.</param>
public sealed record Preprocessor(ImmutableArray<FittedColumn> Columns)
{
    /// <summary>Columns of a prepared row: those of the input, then the indicators.</summary>
    [JsonIgnore]
    public int Width => _features.Length;

    private readonly int[] _features =
    [
        .. Enumerable.Range(0, Columns.Length),
        .. Enumerable.Range(0, Columns.Length).Where(c => Columns[c].Rule.Missing == MissingRule.Indicator),
    ];

    /// <summary>The column of the input that a column of a prepared row is made of.</summary>
    public int FeatureOf(int prepared) => _features[prepared];

    /// <summary>Learns from rows.</summary>
    /// <param name="names">Names of the columns.</param>
    /// <param name="rules">How each is to be prepared.</param>
    /// <param name="rows">The rows, one after the other.</param>
    /// <exception cref="ArgumentException">There is no row, or the lengths do not fit.</exception>
    public static Preprocessor Fit(IReadOnlyList<string> names, IReadOnlyList<ColumnRule> rules, ReadOnlySpan<double> rows)
    {
        if (names.Count == 0 || names.Count != rules.Count || rows.IsEmpty || rows.Length % names.Count != 0)
        {
            throw new ArgumentException(
                $"{names.Count} names, {rules.Count} rules and {rows.Length} numbers are not whole rows.", nameof(rows));
        }

        var columns = ImmutableArray.CreateBuilder<FittedColumn>(names.Count);
        var known = new double[rows.Length / names.Count];
        for (var c = 0; c < names.Count; c++)
        {
            var count = 0;
            for (var at = c; at < rows.Length; at += names.Count)
            {
                if (double.IsFinite(rows[at]))
                {
                    known[count++] = FittedColumn.Logarithm(rules[c], rows[at]);
                }
            }

            columns.Add(ColumnFit.Of(names[c], rules[c], known.AsSpan(0, count), known.Length));
        }

        return new Preprocessor(columns.MoveToImmutable());
    }

    /// <summary>Prepares a row.</summary>
    /// <param name="row">As many numbers as there are <see cref="Columns"/>.</param>
    /// <param name="prepared">Room for <see cref="Width"/> numbers.</param>
    public void Apply(ReadOnlySpan<double> row, Span<double> prepared)
    {
        var indicator = Columns.Length;
        for (var c = 0; c < Columns.Length; c++)
        {
            var column = Columns[c];
            prepared[c] = column.Rule.Missing == MissingRule.Interpolation && !double.IsFinite(row[c])
                ? (Between(row, c) - column.Shift) / column.Spread
                : column.Apply(row[c]);
            if (column.Rule.Missing == MissingRule.Indicator)
            {
                prepared[indicator++] = double.IsFinite(row[c]) ? 0 : 1;
            }
        }
    }

    // Neighbouring columns that are interpolated are one series.
    private double Between(ReadOnlySpan<double> row, int at)
    {
        var (before, after) = (Known(row, at, -1), Known(row, at, 1));
        return (before, after) switch
        {
            ( >= 0, >= 0) => Of(row, before) + ((Of(row, after) - Of(row, before)) * (at - before) / (after - before)),
            ( >= 0, _) => Of(row, before),
            (_, >= 0) => Of(row, after),
            _ => Columns[at].Fill,
        };
    }

    private double Of(ReadOnlySpan<double> row, int at) => Columns[at].Bound(row[at]);

    private int Known(ReadOnlySpan<double> row, int at, int step)
    {
        for (at += step; at >= 0 && at < Columns.Length && Columns[at].Rule.Missing == MissingRule.Interpolation; at += step)
        {
            if (double.IsFinite(row[at]))
            {
                return at;
            }
        }

        return -1;
    }
}
