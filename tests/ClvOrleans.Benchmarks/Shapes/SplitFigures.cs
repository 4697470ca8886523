using System.Globalization;
using ClvOrleans.Training.Validation.Metrics;
using ClvOrleans.Valuation.Intervals;
using ClvOrleans.Valuation.Levels;

namespace ClvOrleans.Benchmarks.Shapes;

/// <summary>Judges the values and the intervals of a split.</summary>
internal static class SplitFigures
{
    private const double Level = .8;
    private const int Deciles = 10;

    /// <summary>Rank and level of the values.</summary>
    public static string Values(Split split)
    {
        double[] said = [.. split.Buyers.Select(b => b.Expected)], came = [.. split.Buyers.Select(b => b.Came)];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {split.Name} ({said.Length:N0}) | {Ranking.NormalisedGini(said, came):0.0000} | {Ranking.Spearman(said, came):0.0000} | "
                + $"{LevelMetrics.DecileError(said, came):0.0000} | {LevelMetrics.Bias(said, came):+0.000;-0.000} |");
    }

    /// <summary>Shares above and below, the distance of the transforms, and the score; the total over what was expected.</summary>
    public static string Intervals(Split split, ValueShape shape)
    {
        var (given, use) = (Of(split, shape, isGiven: true), Of(split, shape, isGiven: false));
        var calibration = new IntervalCalibration(shape, [new HorizonError(1, split.Error)]);
        var distributions = split.Buyers.Select(b => DistributionOf(b, shape, LevelDraws.Known)).ToArray();
        var total = new ValueIntervals(calibration).OfTotal(
            split.Buyers.Sum(b => b.Expected), distributions.Sum(d => d.Variance), distributions.Sum(d => d.Hazard), new(1));
        var expected = total.Expected;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {split.Name} | {100 * given.Above:0.0} / {100 * given.Below:0.0} | {given.Distance:0.000} | {100 * use.Above:0.0} / "
                + $"{100 * use.Below:0.0} | {use.Distance:0.000} | {use.Score / 100:N1} | {split.Buyers.Sum(b => b.Came) / expected:0.00} "
                + $"({total.Quantile(.1) / expected:0.00} to {total.Quantile(.9) / expected:0.00}) |");
    }

    /// <summary>Above the interval, in use, by decile of predicted value, the highest first; in brackets who bought at all.</summary>
    public static string ByDecile(Split split, ValueShape shape)
    {
        var ranked = split.Buyers.OrderByDescending(b => b.Expected).ToArray();
        return Groups(split, shape, Enumerable.Range(0, Deciles).Select(d =>
            ranked[(ranked.Length * d / Deciles)..(ranked.Length * (d + 1) / Deciles)]));
    }

    /// <summary>The same by lifecycle.</summary>
    public static string ByLifecycle(Split split, ValueShape shape, IReadOnlyList<string> lifecycles) =>
        Groups(split, shape, lifecycles.Select(l => split.Buyers.Where(b => b.Lifecycle == l).ToArray()));

    private static string Groups(Split split, ValueShape shape, IEnumerable<SplitBuyer[]> groups) => $"| {split.Name} | " + string.Join(
        " | ", groups.Select(g => g.Length == 0 ? "" : string.Create(
            CultureInfo.InvariantCulture,
            $"{100 * Of(split with { Buyers = g }, shape, isGiven: false).Above:0.0} ({100.0 * g.Count(b => b.Came > 0) / g.Length:0})")))
        + " |";

    private static (double Above, double Below, double Distance, double Score) Of(Split split, ValueShape shape, bool isGiven)
    {
        var (draws, buyers) = (LevelDraws.ForCustomer(split.Error), split.Buyers);
        if (isGiven)
        {
            var (level, hazard) = (buyers.Sum(b => b.Came) / buyers.Sum(b => b.Expected), HazardOf(buyers));
            draws = LevelDraws.Known;
            buyers = [.. buyers.Select(b => b with { Expected = b.Expected * level, None = Math.Pow(b.None, hazard) })];
        }

        var random = new Random(1);
        var transforms = new double[buyers.Length];
        var (above, below, score) = (0, 0, 0.0);
        for (var i = 0; i < buyers.Length; i++)
        {
            var (buyer, value) = (buyers[i], DistributionOf(buyers[i], shape, draws));
            var (lower, upper) = (Math.Round(value.Quantile((1 - Level) / 2)), Math.Round(value.Quantile((1 + Level) / 2)));
            above += buyer.Came > upper ? 1 : 0;
            below += buyer.Came < lower ? 1 : 0;
            score += IntervalScore.Of(lower, upper, Level, buyer.Came);
            var place = value.Cumulative(Math.Max(0, buyer.Came));
            transforms[i] = buyer.Came > 0 ? place : place * random.NextDouble();
        }

        double n = buyers.Length;
        return (above / n, below / n, ProbabilityTransform.Distance(transforms) ?? 0, score / n);
    }

    private static ValueDistribution DistributionOf(SplitBuyer buyer, ValueShape shape, LevelDraws draws) =>
        new(buyer.Expected, buyer.Repeats, buyer.None, shape, draws);

    // Of so many times the hazard as many buy nothing as did.
    private static double HazardOf(SplitBuyer[] buyers)
    {
        var nothing = buyers.Count(b => b.Came <= 0);
        var (low, high) = (-5.0, 5.0);
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = buyers.Sum(b => Math.Pow(b.None, Math.Exp(middle))) > nothing ? (middle, high) : (low, middle);
        }

        return Math.Exp((low + high) / 2);
    }
}
