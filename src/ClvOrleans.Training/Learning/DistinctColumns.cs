namespace ClvOrleans.Training.Learning;

/// <summary>
/// Columns that say something of their own. Of those that nearly repeat each other, as visits repeat purchases in a store that sends
/// nothing else, the first stays: trees that draw a part of the columns would draw what is repeated more often than the rest.
/// </summary>
internal static class DistinctColumns
{
    private const double Alike = .99;
    private const int MostRows = 20_000;

    /// <summary>The columns to keep, in order; constant ones are not.</summary>
    /// <param name="rows">Rows as trees read them.</param>
    public static int[] Of(IReadOnlyList<BoostedRow> rows)
    {
        var every = Math.Max(1, rows.Count / MostRows);
        var kept = new List<(int Column, double[] Standard)>();
        for (var column = 0; column < rows[0].Features.Length; column++)
        {
            if (Standard(rows, column, every) is { } standard && kept.TrueForAll(k => Math.Abs(Product(k.Standard, standard)) < Alike))
            {
                kept.Add((column, standard));
            }
        }

        return kept.Count == 0 ? [0] : [.. kept.Select(k => k.Column)];
    }

    // Of mean 0 and length 1; null where there is no spread.
    private static double[]? Standard(IReadOnlyList<BoostedRow> rows, int column, int every)
    {
        var values = new double[(rows.Count + every - 1) / every];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Math.Log(2 + Math.Max(-1, rows[i * every].Features[column]));
        }

        var mean = values.Average();
        var length = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)));
        return length > 1e-9 * values.Length ? Array.ConvertAll(values, v => (v - mean) / length) : null;
    }

    private static double Product(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
