namespace ClvOrleans.Statistics.Experiments;

/// <summary>
/// The z-test of two proportions with a pooled variance, and Newcombe's interval of their difference from two score intervals (Newcombe
/// 1998, Statistics in Medicine 17, method 10), which keeps its coverage for small counts and rates near 0. For a relative effect give
/// <see cref="Proportion.Sample"/> to <see cref="WelchTest"/>.
/// </summary>
public static class ProportionTest
{
    /// <summary>
    /// The effect on a proportion, by one look at a size that was fixed before. The standard error is that without pooling.
    /// </summary>
    /// <param name="control">The control.</param>
    /// <param name="treated">The treated.</param>
    /// <param name="alternative">What counts against "no effect".</param>
    /// <param name="alpha">Error rate: the interval covers the truth with 1 - α.</param>
    /// <exception cref="ExperimentException">An arm has no units, or all units of both arms had the same outcome.</exception>
    /// <exception cref="ArgumentException">There are more successes than trials, or α is not between 0 and 1.</exception>
    public static Effect Compare(Proportion control, Proportion treated, Alternative alternative = Alternative.TwoSided, double alpha = .05)
    {
        var (c, t) = (control.Checked("control"), treated.Checked("treated arm"));
        var pooled = new Proportion(c.Successes + t.Successes, c.Trials + t.Trials).Sample;
        if (pooled.Variance == 0)
        {
            throw new ExperimentException("All units of both arms had the same outcome: there is nothing to compare yet.");
        }

        var difference = t.Rate - c.Rate;
        var z = difference / Math.Sqrt((pooled.Variance / c.Trials) + (pooled.Variance / t.Trials));
        var critical = Significance.CriticalNormal(Significance.Tail(Significance.Checked(alpha), alternative));
        var (ofControl, ofTreated) = (c.Wilson(critical), t.Wilson(critical));
        return new Effect(
            difference,
            Math.Sqrt(c.Sample.SquaredError + t.Sample.SquaredError),
            z,
            double.PositiveInfinity,
            Significance.PValue(z, double.PositiveInfinity, alternative),
            Significance.Bounds(
                difference - Length(t.Rate - ofTreated.Lower, ofControl.Upper - c.Rate),
                difference + Length(ofTreated.Upper - t.Rate, c.Rate - ofControl.Lower),
                alternative));
    }

    private static double Length(double a, double b) => Math.Sqrt((a * a) + (b * b));
}
