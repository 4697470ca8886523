namespace ClvOrleans.Statistics.Experiments;

/// <summary>
/// Difference of two means and the variance of its estimate; relative by the delta method, control and treated independent.
/// </summary>
internal static class Difference
{
    public static (double Estimate, double Variance) Of(Sample control, Sample treated, EffectScale scale)
    {
        _ = control.Checked("control");
        _ = treated.Checked("treated arm");
        if (control.Variance + treated.Variance == 0)
        {
            throw new ExperimentException("Neither arm varies: no error can be told from these data. Wait for outcomes that differ.");
        }

        var difference = treated.Mean - control.Mean;
        if (scale == EffectScale.Absolute)
        {
            return (difference, control.SquaredError + treated.SquaredError);
        }

        if (control.Mean == 0)
        {
            throw new ExperimentException("The control has a mean of 0, so there is no relative effect. Ask for the absolute one.");
        }

        var ratio = treated.Mean / control.Mean;
        return (difference / control.Mean,
            (treated.SquaredError + (ratio * ratio * control.SquaredError)) / (control.Mean * control.Mean));
    }
}
