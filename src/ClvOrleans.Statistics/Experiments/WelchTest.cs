namespace ClvOrleans.Statistics.Experiments;

/// <summary>
/// Welch's test of two means with unequal variances (Welch 1947, Biometrika 34; degrees of freedom after Satterthwaite 1946).
/// </summary>
public static class WelchTest
{
    /// <summary>The effect on a mean, by one look at a size that was fixed before.</summary>
    /// <param name="control">The control.</param>
    /// <param name="treated">The treated.</param>
    /// <param name="scale">Absolute or relative.</param>
    /// <param name="alternative">What counts against "no effect".</param>
    /// <param name="alpha">Error rate: the interval covers the truth with 1 - α.</param>
    /// <exception cref="ExperimentException">
    /// An arm has fewer than two units, neither arm varies, or the effect is relative to a control of mean 0.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">α is not between 0 and 1.</exception>
    public static Effect Compare(
        Sample control,
        Sample treated,
        EffectScale scale = EffectScale.Absolute,
        Alternative alternative = Alternative.TwoSided,
        double alpha = .05)
    {
        var (estimate, variance) = Difference.Of(control, treated, scale);
        var (c, t) = (control.SquaredError, treated.SquaredError);
        var freedom = (c + t) * (c + t) / ((c * c / (control.Count - 1)) + (t * t / (treated.Count - 1)));
        var error = Math.Sqrt(variance);
        var half = error * Significance.CriticalT(Significance.Tail(Significance.Checked(alpha), alternative), freedom);
        return new Effect(
            estimate,
            error,
            estimate / error,
            freedom,
            Significance.PValue(estimate / error, freedom, alternative),
            Significance.Bounds(estimate - half, estimate + half, alternative));
    }
}
