using ClvOrleans.Valuation.Ensemble;
using ClvOrleans.Valuation.Features;

namespace ClvOrleans.Training.Learning;

/// <summary>
/// Learns <see cref="Doubt"/> from windows of the past: how many more of the customers whom the buy-till-you-die model called gone bought
/// than it expected, over how many would have if all of them had been alive.
/// </summary>
internal static class DoubtFit
{
    /// <summary>Whose P(alive) is below this is called gone.</summary>
    internal const double Gone = .05;

    // Assumed before a window is seen, with the weight of five who would have bought if alive. Three real stores have .3, and such as are
    // drawn from the model itself none: of nine priors this one foresaw the next cut of all six best (docs/models/champion.md).
    private const double PriorShare = .05;
    private const double PriorBuyers = 5;
    private const double Most = .5;
    private static readonly int Buys = FeatureCatalogue.IndexOf("pBuy");
    private static readonly int Alive = FeatureCatalogue.IndexOf("pAlive");

    /// <summary>Learns from the rows of windows.</summary>
    public static Doubt Of(TrainingSet set) => Of(Enumerable.Range(0, set.Rows.Count).Select(i =>
    {
        var row = set.Rows.FeaturesOf(i);
        return (row[Alive], row[Buys], set.BuysIfAlive[i], set.Rows.Values[i] > 0);
    }));

    /// <summary>Learns from what was said of customers and what they did.</summary>
    /// <param name="rows">P(alive), the probability of a purchase, the same if alive, and whether there was one.</param>
    internal static Doubt Of(IEnumerable<(double Alive, double Buys, double BuysIfAlive, bool Bought)> rows) =>
        Of(rows, PriorShare, PriorBuyers);

    /// <summary>The same with another prior.</summary>
    /// <param name="rows">As above.</param>
    /// <param name="share">The share that is assumed.</param>
    /// <param name="buyers">As if so many who would have bought if alive had shown it.</param>
    internal static Doubt Of(
        IEnumerable<(double Alive, double Buys, double BuysIfAlive, bool Bought)> rows, double share, double buyers)
    {
        var (more, would) = (share * buyers, buyers);
        foreach (var row in rows.Where(r => r.Alive < Gone))
        {
            more += (row.Bought ? 1 : 0) - row.Buys;
            would += (1 - row.Alive) * row.BuysIfAlive;
        }

        return new Doubt(Math.Clamp(more / would, share * buyers / would, Most));
    }
}
