using ClvOrleans.Domain.Customers;
using ClvOrleans.Training.Validation.Metrics;

namespace ClvOrleans.Training.Validation;

/// <summary>
/// A challenger beside a simpler model on the same customers of several windows. The gain in ranking is that in Gini and Spearman's ρ
/// together, a sum over customers of what each adds to the difference; a customer who is in several windows counts as one, and windows as
/// draws of a season, so that the greater of both errors is the error of the mean. The level is not worse where the total of the challenger
/// is not further off, on average, than the simpler one's by more than the total itself is uncertain.
/// </summary>
internal sealed class PairedComparison
{
    // A window is one draw of a season, and one or two do not tell how much draws differ: the standard deviation of the logarithms by which
    // totals were off on the nine splits of real stores in docs/models/champion.md counts as much as one more window.
    private const double Shock = .15;

    private readonly Dictionary<CustomerId, double> _shares = [];
    private readonly List<double> _gains = [];
    private readonly List<double> _levels = [];
    private readonly List<double> _spreads = [];

    /// <summary>Number of windows.</summary>
    public int Windows => _gains.Count;

    /// <summary>Mean gain of the challenger over the windows, in units of Gini and ρ together.</summary>
    public double Gain => Windows == 0 ? 0 : _gains.Average();

    /// <summary>The standard error of <see cref="Gain"/>.</summary>
    public double Error => Windows == 0 ? 0 : Math.Max(Math.Sqrt(_shares.Values.Sum(s => s * s)) / Windows, OfMean(_gains));

    /// <summary>How much further off the challenger's totals are on average, as a logarithm; negative where they are nearer.</summary>
    public double LevelLoss => Windows == 0 ? 0 : _levels.Average();

    /// <summary>How much of <see cref="LevelLoss"/> may be chance.</summary>
    public double LevelError => Windows == 0 ? 0
        : Math.Max(_spreads.Average(), Math.Sqrt((Shock * Shock) + Deviations(_levels)) / Windows);

    /// <summary>
    /// Whether the challenger ranks better by more than one standard error, and its level is not worse by more than two: a level that is
    /// off shows in reports, and is mended by later windows; customers who are ranked wrongly are not.
    /// </summary>
    public bool IsWon => Windows > 0 && Gain > Error && LevelLoss <= 2 * LevelError;

    /// <summary>Adds a window in which somebody bought; one in which nobody did tells nothing and is left out.</summary>
    /// <param name="customers">Whom it is about.</param>
    /// <param name="challenger">What the challenger predicted of each.</param>
    /// <param name="simpler">What the simpler model predicted.</param>
    /// <param name="actual">What came, in the same unit.</param>
    public void Add(IReadOnlyList<CustomerId> customers, double[] challenger, double[] simpler, double[] actual)
    {
        var (n, total) = (actual.Length, actual.Sum());
        if (total <= 0)
        {
            return;
        }

        var (a, b, mid) = (Ranking.MeanRanks(challenger), Ranking.MeanRanks(simpler), (n + 1) / 2.0);
        var came = Ranking.MeanRanks(actual);
        var (best, length) = (GiniOf(came, actual), Length(came, mid));
        var (ofA, ofB) = (Length(a, mid), Length(b, mid));

        // Σ y (rank of A - rank of B) / Σ y is a quotient: to first order a customer adds y (their difference - the quotient).
        var quotient = best > 0 ? Enumerable.Range(0, n).Sum(i => actual[i] * (a[i] - b[i])) / total : 0;
        var gain = 0.0;
        var shares = new double[n];
        for (var i = 0; i < n; i++)
        {
            var rho = length > 0 ? (came[i] - mid) / length * (Unit(a[i], ofA) - Unit(b[i], ofB)) : 0;
            gain += rho;
            shares[i] = rho + (best > 0 ? actual[i] * (a[i] - b[i] - quotient) / total / best : 0);
        }

        gain += best > 0 ? quotient / best : 0;
        var mean = shares.Average();
        for (var i = 0; i < n; i++)
        {
            _shares[customers[i]] = _shares.GetValueOrDefault(customers[i]) + shares[i] - mean;
        }

        _gains.Add(gain);
        _levels.Add(Off(challenger) - Off(simpler));
        _spreads.Add(Math.Sqrt(actual.Sum(y => (y - (total / n)) * (y - (total / n)))) / total);

        double Unit(double rank, double of) => of > 0 ? (rank - mid) / of : 0;

        double Off(double[] predicted) => ValueScore.Of(predicted, actual).Level;
    }

    // The Gini of an order is this over that of the best order.
    private static double GiniOf(double[] ranks, double[] actual) =>
        (ranks.Zip(actual, (r, y) => r * y).Sum() / actual.Sum()) - (actual.Length / 2.0);

    private static double Length(double[] ranks, double mid) => Math.Sqrt(ranks.Sum(r => (r - mid) * (r - mid)));

    private static double OfMean(List<double> values) =>
        values.Count < 2 ? 0 : Math.Sqrt(Deviations(values) / (values.Count - 1) / values.Count);

    private static double Deviations(List<double> values)
    {
        var mean = values.Average();
        return values.Sum(v => (v - mean) * (v - mean));
    }
}
