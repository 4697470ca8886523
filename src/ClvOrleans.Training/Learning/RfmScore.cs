using ClvOrleans.Model.Features;

namespace ClvOrleans.Training.Learning;

/// <summary>
/// Recency, frequency and money in fifths (Hughes 1994): the value of a customer is the mean value of those with the same sum of scores,
/// drawn a little to the mean of all.
/// </summary>
internal sealed class RfmScore : ILearner
{
    private const int Parts = 5;
    private const double Prior = 20;
    private static readonly int[] Columns = [.. new[] { "recency", "purchaseDays", "meanValue" }.Select(FeatureCatalogue.IndexOf)];

    public string Name => "rfm";

    public ILearned Fit(double[] rows, double[] values, int seed)
    {
        var width = rows.Length / values.Length;
        var bounds = Columns.Select(c =>
        {
            var sorted = Enumerable.Range(0, values.Length).Select(i => rows[(i * width) + c]).Order().ToArray();
            return Enumerable.Range(1, Parts - 1).Select(p => sorted[(int)((long)p * sorted.Length / Parts)]).ToArray();
        }).ToArray();
        var cells = (Parts * Columns.Length) - Columns.Length + 1;
        var (sums, counts, mean) = (new double[cells], new double[cells], values.Average());
        for (var i = 0; i < values.Length; i++)
        {
            var cell = Cell(bounds, rows.AsSpan(i * width, width));
            (sums[cell], counts[cell]) = (sums[cell] + values[i], counts[cell] + 1);
        }

        return new Learned(bounds, [.. sums.Zip(counts, (s, n) => (s + (Prior * mean)) / (n + Prior))]);
    }

    // The score of recency is the higher the fewer days.
    private static int Cell(double[][] bounds, ReadOnlySpan<double> row)
    {
        var cell = Parts - 1;
        for (var k = 0; k < bounds.Length; k++)
        {
            var value = row[Columns[k]];
            var part = bounds[k].Count(b => value >= b);
            cell += k == 0 ? -part : part;
        }

        return cell;
    }

    private sealed class Learned(double[][] bounds, double[] means) : ILearned
    {
        public double Predict(ReadOnlySpan<double> row) => means[Cell(bounds, row)];
    }
}
