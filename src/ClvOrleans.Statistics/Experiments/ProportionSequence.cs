using ClvOrleans.Statistics.Numerics;
using MathNet.Numerics;

namespace ClvOrleans.Statistics.Experiments;

/// <summary>
/// The exact confidence sequence of a proportion: the beta mixture of binomial likelihoods over the likelihood of a rate is a martingale
/// for the true rate (Robbins 1970; Howard, Ramdas, McAuliffe and Sekhon 2021, "Time-uniform, nonparametric, nonasymptotic confidence
/// sequences"). It holds from the first unit on. For two arms the product of both mixtures is one for the pair of rates, and the sequence
/// of the difference is what the pairs that are left have as differences.
/// </summary>
/// <param name="Successes">First parameter of the mixing beta distribution, above 0.</param>
/// <param name="Failures">Its second parameter, above 0. Rates near s / (s + f) are told best; ½ and ½ suit all.</param>
/// <param name="Alpha">Error rate over all looks together.</param>
public sealed record ProportionSequence(double Successes = .5, double Failures = .5, double Alpha = .05)
{
    private const int Steps = 60;

    /// <summary>What rates are left of one arm at this look.</summary>
    /// <param name="arm">The arm.</param>
    /// <exception cref="ExperimentException">The arm has no units.</exception>
    public ConfidenceInterval Rate(Proportion arm)
    {
        var mixture = Mixture(arm.Checked("arm"));
        var threshold = mixture + Math.Log(Significance.Checked(Alpha, nameof(Alpha)));
        return new ConfidenceInterval(
            Edge(arm.Rate, 0, p => LogLikelihood(arm, p) > threshold), Edge(arm.Rate, 1, p => LogLikelihood(arm, p) > threshold));
    }

    /// <summary>The difference of two rates at this look.</summary>
    /// <param name="control">The control.</param>
    /// <param name="treated">The treated.</param>
    /// <exception cref="ExperimentException">An arm has no units.</exception>
    public AnytimeEffect Compare(Proportion control, Proportion treated)
    {
        var mixture = Mixture(control.Checked("control")) + Mixture(treated.Checked("treated arm"));
        var threshold = mixture + Math.Log(Significance.Checked(Alpha, nameof(Alpha)));
        var difference = treated.Rate - control.Rate;
        return new AnytimeEffect(
            difference,
            new ConfidenceInterval(Edge(difference, -1, d => Best(d) > threshold), Edge(difference, 1, d => Best(d) > threshold)),
            EValue(control, treated));

        // The greatest likelihood of a pair with this difference. It is concave along the pairs, and over the differences.
        double Best(double d)
        {
            var (low, high) = (Math.Max(0, -d), Math.Min(1, 1 - d));
            for (var i = 0; i < Steps; i++)
            {
                var middle = (low + high) / 2;
                (low, high) = Slope(control, middle) + Slope(treated, middle + d) > 0 ? (middle, high) : (low, middle);
            }

            var p = (low + high) / 2;
            return LogLikelihood(control, p) + LogLikelihood(treated, p + d);
        }
    }

    /// <summary>
    /// Evidence against equal rates at this look, at least 0: without an effect it ever reaches 1/α with probability α at most. Cheaper
    /// than <see cref="Compare"/>, for a look at every unit.
    /// </summary>
    /// <param name="control">The control.</param>
    /// <param name="treated">The treated.</param>
    /// <exception cref="ExperimentException">An arm has no units.</exception>
    public double EValue(Proportion control, Proportion treated)
    {
        var mixture = Mixture(control.Checked("control")) + Mixture(treated.Checked("treated arm"));
        var both = new Proportion(control.Successes + treated.Successes, control.Trials + treated.Trials);
        return Math.Exp(mixture - LogLikelihood(both, both.Rate));
    }

    private double Mixture(Proportion arm) =>
        SpecialFunctions.BetaLn(Positive(Successes) + arm.Successes, Positive(Failures) + arm.Trials - arm.Successes)
        - SpecialFunctions.BetaLn(Successes, Failures);

    private static double Positive(double parameter) => parameter > 0 && double.IsFinite(parameter)
        ? parameter
        : throw new ArgumentOutOfRangeException(
            nameof(parameter), parameter, "Parameters of the beta distribution must be above 0 and finite.");

    private static double LogLikelihood(Proportion arm, double p) =>
        Times(arm.Successes, Math.Log(p)) + Times(arm.Trials - arm.Successes, NearZero.Log1p(-p));

    private static double Slope(Proportion arm, double p) => Over(arm.Successes, p) - Over(arm.Trials - arm.Successes, 1 - p);

    private static double Times(long count, double log) => count == 0 ? 0 : count * log;

    private static double Over(long count, double p) => count == 0 ? 0 : count / Math.Max(p, double.Epsilon);

    // From a value that is left towards an end, the last one that is left.
    private static double Edge(double inside, double end, Func<double, bool> isLeft)
    {
        if (isLeft(end))
        {
            return end;
        }

        for (var i = 0; i < Steps; i++)
        {
            var middle = (inside + end) / 2;
            (inside, end) = isLeft(middle) ? (middle, end) : (inside, middle);
        }

        return end;
    }
}
