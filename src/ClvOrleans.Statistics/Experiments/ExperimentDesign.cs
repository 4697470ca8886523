namespace ClvOrleans.Statistics.Experiments;

/// <summary>
/// Sizes of experiments with two arms and a two-sided test, by the normal limit. Sizes of proportions are those of R's
/// <c>power.prop.test</c>.
/// </summary>
/// <param name="Alpha">Error rate: how often an effect is found that is not there.</param>
/// <param name="Power">How often an effect that is there is found.</param>
/// <param name="TreatedShare">Part of the units that is treated, above 0 and below 1.</param>
/// <param name="Reading">When the result is read. A confidence sequence is taken as tuned to the size in question.</param>
public sealed record ExperimentDesign(double Alpha = .05, double Power = .8, double TreatedShare = .5, Reading Reading = Reading.Once)
{
    private double Critical => Reading == Reading.Once
        ? Significance.CriticalNormal(Significance.Checked(Alpha, nameof(Alpha)) / 2)
        : MeanSequence.CriticalAtTunedSize(Significance.Checked(Alpha, nameof(Alpha)));

    private double Reserve => Significance.CriticalNormal(1 - Significance.Checked(Power, nameof(Power)));

    private double Treated => Significance.Checked(TreatedShare, nameof(TreatedShare));

    /// <summary>The least difference of means that is found with the wanted power.</summary>
    /// <param name="deviation">Standard deviation of the outcome of a unit, after CUPED where it is used; above 0.</param>
    /// <param name="units">Units in both arms together, at least 2.</param>
    public double DetectableDifference(double deviation, double units)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(deviation);
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 2);
        return (Critical + Reserve) * deviation / Math.Sqrt(units * Treated * (1 - Treated));
    }

    /// <summary>Units in both arms together that show a difference of means, not rounded.</summary>
    /// <param name="deviation">Standard deviation of the outcome of a unit, above 0.</param>
    /// <param name="difference">The difference, not 0.</param>
    public double UnitsForDifference(double deviation, double difference)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(deviation);
        ArgumentOutOfRangeException.ThrowIfZero(difference);
        var ratio = (Critical + Reserve) * deviation / difference;
        return ratio * ratio / (Treated * (1 - Treated));
    }

    /// <summary>Units in both arms together that show a change of a proportion, not rounded.</summary>
    /// <param name="control">Rate of the control, above 0 and below 1.</param>
    /// <param name="treated">Rate of the treated, above 0 and below 1, another one.</param>
    public double UnitsForRates(double control, double treated)
    {
        var (p, q) = (Significance.Checked(control, nameof(control)), Significance.Checked(treated, nameof(treated)));
        ArgumentOutOfRangeException.ThrowIfEqual(treated, control);
        var mean = (Treated * q) + ((1 - Treated) * p);
        var without = Math.Sqrt(mean * (1 - mean) / (Treated * (1 - Treated)));
        var with = Math.Sqrt((q * (1 - q) / Treated) + (p * (1 - p) / (1 - Treated)));
        var ratio = ((Critical * without) + (Reserve * with)) / (q - p);
        return ratio * ratio;
    }

    /// <summary>The least rise of a proportion that is found with the wanted power; null where even a rise to 1 is not.</summary>
    /// <param name="control">Rate of the control, above 0 and below 1.</param>
    /// <param name="units">Units in both arms together.</param>
    public double? DetectableRise(double control, double units)
    {
        const double Least = 1e-12;
        var (low, high) = (control + (Least * control), 1 - Least);
        if (UnitsForRates(control, high) > units)
        {
            return null;
        }

        for (var i = 0; i < 100; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = UnitsForRates(control, middle) > units ? (middle, high) : (low, middle);
        }

        return high - control;
    }

    /// <summary>What an experiment on a mean needs.</summary>
    /// <param name="deviation">Standard deviation of the outcome of a unit, above 0.</param>
    /// <param name="difference">The difference that is wanted to be found, not 0.</param>
    /// <param name="traffic">How units come.</param>
    public ExperimentPlan Plan(double deviation, double difference, Traffic traffic)
    {
        var units = (long)Math.Ceiling(UnitsForDifference(deviation, difference));
        var most = traffic.Checked().AtMost;
        return new ExperimentPlan(
            units, traffic.DaysUntil(units), most < 2 ? double.PositiveInfinity : DetectableDifference(deviation, most), units <= most);
    }
}
