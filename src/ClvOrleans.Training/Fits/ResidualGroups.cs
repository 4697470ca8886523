using System.Collections.Immutable;

namespace ClvOrleans.Training.Fits;

/// <summary>Adds customers up by their number of purchases or renewals.</summary>
internal sealed class ResidualGroups(double amount)
{
    private const int Last = 10;
    private readonly double[][] _sums = [.. Enumerable.Range(0, Last + 1).Select(_ => new double[4])];

    /// <summary>Adds customers of one history.</summary>
    public void Add(double number, double customers, double probability, double expected, double discounted)
    {
        var sums = _sums[(int)Math.Min(number, Last)];
        sums[0] += customers;
        sums[1] += customers * probability;
        sums[2] += customers * expected;
        sums[3] += customers * discounted;
    }

    /// <summary>The groups that have customers.</summary>
    public ImmutableArray<FitView.Group> ToGroups() =>
    [
        .. _sums.Select((s, i) => (Sums: s, Name: i == Last ? $"{Last}+" : $"{i}")).Where(g => g.Sums[0] > 0).Select(g => new FitView.Group(
            g.Name, g.Sums[0], g.Sums[1] / g.Sums[0], g.Sums[2] / g.Sums[0], g.Sums[3] / g.Sums[0], amount * g.Sums[3] / g.Sums[0])),
    ];
}
