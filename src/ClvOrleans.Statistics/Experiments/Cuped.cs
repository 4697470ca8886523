namespace ClvOrleans.Statistics.Experiments;

/// <summary>
/// Controlled experiments using pre-experiment data (Deng, Xu, Kohavi and Walker 2013, WSDM): outcomes less θ times a covariate that was
/// known before the start have the same expected difference and less variance. What the adjustment saved is measured; none is promised.
/// Compare the adjusted arms by <see cref="WelchTest"/> or <see cref="MeanSequence"/>.
/// </summary>
public static class Cuped
{
    /// <summary>
    /// Adjusts both arms with one θ = (cov(x, y) of the control + that of the treated) / (var(x) of the control + that of the treated).
    /// </summary>
    /// <param name="control">The control.</param>
    /// <param name="treated">The treated. The covariate must not be touched by the treatment.</param>
    /// <exception cref="ExperimentException">An arm has fewer than two units.</exception>
    public static CupedAdjustment Adjust(CovariateSample control, CovariateSample treated)
    {
        _ = control.Outcome.Checked("control");
        _ = treated.Outcome.Checked("treated arm");
        var (n, m) = ((double)control.Outcome.Count, (double)treated.Outcome.Count);
        var squares = control.Covariate.Variance + treated.Covariate.Variance;
        if (squares <= 0)
        {
            return new CupedAdjustment(control.Outcome, treated.Outcome, 0, 0, false);
        }

        var theta = (control.Covariance + treated.Covariance) / squares;
        var centre = ((n * control.Covariate.Mean) + (m * treated.Covariate.Mean)) / (n + m);
        var (c, t) = (Adjusted(control, theta, centre), Adjusted(treated, theta, centre));
        var before = control.Outcome.SquaredError + treated.Outcome.SquaredError;
        return new CupedAdjustment(c, t, theta, before == 0 ? 0 : 1 - ((c.SquaredError + t.SquaredError) / before), true);
    }

    private static Sample Adjusted(CovariateSample arm, double theta, double centre) => new(
        arm.Outcome.Count,
        arm.Outcome.Mean - (theta * (arm.Covariate.Mean - centre)),
        Math.Max(0, arm.Outcome.Variance - (2 * theta * arm.Covariance) + (theta * theta * arm.Covariate.Variance)));
}
