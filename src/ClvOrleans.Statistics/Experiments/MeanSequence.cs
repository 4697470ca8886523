namespace ClvOrleans.Statistics.Experiments;

/// <summary>
/// The asymptotic confidence sequence of a mean (Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas 2021, "Time-uniform central limit theory
/// and asymptotic confidence sequences", arXiv 2103.06476), for the difference of two arms:
/// with n units and variance s² of their influence the half-width is √s² √(2 (n ρ² + 1) ln(√(n ρ² + 1) / α)) / (n ρ).
/// It holds in the limit, so that nothing is said while an arm is small.
/// </summary>
/// <param name="ExpectedUnits">
/// N*: units in both arms together at which the interval is tightest, about the size at which one expects to decide; above 0. To be chosen
/// before the start.
/// </param>
/// <param name="Alpha">Error rate over all looks together.</param>
/// <param name="LeastArm">While an arm has fewer units, the interval is infinite and the e-value 1.</param>
public sealed record MeanSequence(double ExpectedUnits, double Alpha = .05, int LeastArm = 100)
{
    /// <summary>ρ = √((-2 ln α + ln(-2 ln α + 1)) / N*).</summary>
    public double Rho => ExpectedUnits > 0 && double.IsFinite(ExpectedUnits)
        ? Math.Sqrt(Tuning(Significance.Checked(Alpha, nameof(Alpha))) / ExpectedUnits)
        : throw new ArgumentOutOfRangeException(nameof(ExpectedUnits), ExpectedUnits, "It must be above 0 and finite.");

    /// <summary>The effect on a mean at this look.</summary>
    /// <param name="control">The control; for a proportion <see cref="Proportion.Sample"/>.</param>
    /// <param name="treated">The treated.</param>
    /// <param name="scale">Absolute or relative.</param>
    /// <exception cref="ExperimentException">
    /// An arm has fewer than two units, neither arm varies, or the effect is relative to a control of mean 0.
    /// </exception>
    public AnytimeEffect Compare(Sample control, Sample treated, EffectScale scale = EffectScale.Absolute)
    {
        var (estimate, variance) = Difference.Of(control, treated, scale);
        double units = control.Count + treated.Count;
        var spread = units * Rho * Rho;
        if (Math.Min(control.Count, treated.Count) < LeastArm)
        {
            return new AnytimeEffect(estimate, new ConfidenceInterval(double.NegativeInfinity, double.PositiveInfinity), 1);
        }

        var half = Math.Sqrt(variance) * Critical(spread, Alpha);
        var log = (spread / (2 * (spread + 1)) * estimate * estimate / variance) - (Math.Log(spread + 1) / 2);
        return new AnytimeEffect(estimate, new ConfidenceInterval(estimate - half, estimate + half), Math.Exp(log));
    }

    /// <summary>By how many standard errors the sequence is wide where it was tuned for the size: 3.04 at 5 %.</summary>
    internal static double CriticalAtTunedSize(double alpha) => Critical(Tuning(alpha), alpha);

    private static double Critical(double spread, double alpha) =>
        Math.Sqrt(2 * (spread + 1) / spread * Math.Log(Math.Sqrt(spread + 1) / alpha));

    private static double Tuning(double alpha) => (-2 * Math.Log(alpha)) + Math.Log((-2 * Math.Log(alpha)) + 1);
}
