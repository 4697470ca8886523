using System.Collections.Immutable;

namespace ClvOrleans.Statistics.Experiments;

/// <summary>
/// What treating the units with the highest scores gains, read off an experiment (Radcliffe 2007, "Using control groups to target on
/// predicted lift"). Units with one score are one point, so that no figure depends on the order of rows. The area has three normalisations,
/// which must not be compared with each other.
/// </summary>
public sealed class UpliftCurve
{
    private UpliftCurve(ImmutableArray<(long Units, double Gain)> points, double areaOverRandom, double? qini, double? uplift) =>
        (Points, AreaOverRandom, QiniScore, UpliftScore) = (points, areaOverRandom, qini, uplift);

    /// <summary>
    /// Units so far, treated or not, and the outcome gained among the treated of them, Y_t - Y_c n_t / n_c; from (0, 0), by falling score.
    /// </summary>
    public ImmutableArray<(long Units, double Gain)> Points { get; }

    /// <summary>The gain of treating all who were treated, whatever their scores.</summary>
    public double Gain => Points[^1].Gain;

    /// <summary>
    /// Area under the points over that of a random order: 1 is random, below 1 is worse than random if treating all gains.
    /// </summary>
    public double AreaOverRandom { get; }

    /// <summary>
    /// Area above random over that of the perfect order: 0 is random, 1 perfect. As scikit-uplift's <c>qini_auc_score</c>; null where
    /// outcomes are not all 0 or 1.
    /// </summary>
    public double? QiniScore { get; }

    /// <summary>
    /// The same for the curve (Y_t / n_t - Y_c / n_c) (n_t + n_c). As scikit-uplift's <c>uplift_auc_score</c>; null where outcomes are not
    /// all 0 or 1.
    /// </summary>
    public double? UpliftScore { get; }

    /// <summary>The curve of these units.</summary>
    /// <param name="units">Units of both arms, in any order.</param>
    /// <exception cref="ExperimentException">An arm has no units.</exception>
    /// <exception cref="ArgumentException">A score or an outcome is not a number.</exception>
    public static UpliftCurve Of(IEnumerable<RankedUnit> units)
    {
        RankedUnit[] all = [.. units];
        if (all.Any(u => double.IsNaN(u.Score) || !double.IsFinite(u.Outcome)))
        {
            throw new ArgumentException("Scores must be numbers, and outcomes finite.", nameof(units));
        }

        if (all.All(u => u.Treated) || !all.Any(u => u.Treated))
        {
            throw new ExperimentException($"The {(all.Any(u => u.Treated) ? "control" : "treated arm")} has no units.");
        }

        var sums = RunningSums.ByScore(all, u => u.Score);
        var points = Curve(sums, s => s.Gained);
        double? qini = null, uplift = null;
        if (all.All(u => u.Outcome is 0 or 1))
        {
            qini = Score(points, Curve(RunningSums.ByScore(all, PerfectForGain), s => s.Gained));
            var lost = all.Count(u => u is { Treated: false, Outcome: 1 }) > all.Count(u => u is { Treated: true, Outcome: 0 });
            uplift = Score(Curve(sums, s => s.Lifted), Curve(RunningSums.ByScore(all, u => PerfectForLift(u, lost)), s => s.Lifted));
        }

        return new UpliftCurve(points, Area(points) / Triangle(points), qini, uplift);
    }

    // Treated who did come first and control who did last; in between are those who did not.
    private static double PerfectForGain(RankedUnit u) => u.Treated ? u.Outcome : -u.Outcome;

    private static double PerfectForLift(RankedUnit u, bool byOutcome)
    {
        var treated = u.Treated ? 1.0 : 0;
        return (u.Outcome == treated ? 2 : 0) + (byOutcome ? u.Outcome : treated);
    }

    private static double Score(ImmutableArray<(long Units, double Gain)> points, ImmutableArray<(long Units, double Gain)> perfect) =>
        (Area(points) - Triangle(perfect)) / (Area(perfect) - Triangle(perfect));

    private static ImmutableArray<(long Units, double Gain)> Curve(IEnumerable<RunningSums> sums, Func<RunningSums, double> gain) =>
        [(0, 0), .. sums.Select(s => (s.All, gain(s)))];

    private static double Area(ImmutableArray<(long Units, double Gain)> points) =>
        points.Zip(points.Skip(1), (a, b) => (b.Units - a.Units) * (a.Gain + b.Gain) / 2).Sum();

    private static double Triangle(ImmutableArray<(long Units, double Gain)> points) => points[^1].Units * points[^1].Gain / 2;

    private readonly record struct RunningSums(long Treated, long Control, double TreatedOutcome, double ControlOutcome)
    {
        public long All => Treated + Control;

        public double Gained => TreatedOutcome - (Control == 0 ? 0 : ControlOutcome * Treated / Control);

        public double Lifted => ((Treated == 0 ? 0 : TreatedOutcome / Treated) - (Control == 0 ? 0 : ControlOutcome / Control)) * All;

        // Running sums after each distinct score, from the highest on.
        public static List<RunningSums> ByScore(RankedUnit[] units, Func<RankedUnit, double> score)
        {
            var sums = new List<RunningSums>();
            var running = default(RunningSums);
            foreach (var group in units.GroupBy(score).OrderByDescending(g => g.Key))
            {
                foreach (var u in group)
                {
                    running = u.Treated
                        ? running with { Treated = running.Treated + 1, TreatedOutcome = running.TreatedOutcome + u.Outcome }
                        : running with { Control = running.Control + 1, ControlOutcome = running.ControlOutcome + u.Outcome };
                }

                sums.Add(running);
            }

            return sums;
        }
    }
}
