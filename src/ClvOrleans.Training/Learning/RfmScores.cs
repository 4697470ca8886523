using System.Collections.Immutable;
using ClvOrleans.Valuation.Ensemble;

namespace ClvOrleans.Training.Learning;

/// <summary>Learns an <see cref="RfmTable"/> of fifths; the mean value of a sum of scores is drawn a little to the mean of all.</summary>
internal sealed class RfmScores : ILearner
{
    private const int Parts = 5;
    private const double Prior = 20;

    public string Name => "rfm";

    public ILearned Fit(LearningRows rows, int seed, CancellationToken cancellation = default)
    {
        ImmutableArray<ImmutableArray<double>> bounds = [.. RfmTable.Columns.Select(c =>
        {
            var sorted = Enumerable.Range(0, rows.Count).Select(i => rows.FeaturesOf(i)[c]).Order().ToArray();
            return Enumerable.Range(1, Parts - 1).Select(p => sorted[(int)((long)p * sorted.Length / Parts)]).ToImmutableArray();
        })];
        var cells = ((Parts - 1) * bounds.Length) + 1;
        var (sums, counts, mean) = (new double[cells], new double[cells], rows.Values.Average());
        for (var i = 0; i < rows.Count; i++)
        {
            var cell = RfmTable.CellOf(bounds, rows.FeaturesOf(i));
            (sums[cell], counts[cell]) = (sums[cell] + rows.Values[i], counts[cell] + 1);
        }

        return new RfmTable(bounds, [.. sums.Zip(counts, (s, n) => (s + (Prior * mean)) / (n + Prior))]);
    }
}
