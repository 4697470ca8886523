namespace ClvOrleans.Statistics.Experiments;

/// <summary>How an effect on a mean is told.</summary>
public enum EffectScale
{
    /// <summary>Mean of the treated less mean of the control, in the outcome's unit.</summary>
    Absolute,

    /// <summary>The same, divided by the mean of the control: 0.1 is ten per cent more. Its error is by the delta method.</summary>
    Relative,
}
