namespace ClvOrleans.Statistics.Experiments;

/// <summary>Whether the arms have the sizes that their shares say.</summary>
/// <param name="ChiSquare">Pearson's χ²; infinite where an arm without a share has units.</param>
/// <param name="DegreesOfFreedom">Arms with a share, less one.</param>
/// <param name="PValue">Probability of such sizes or more extreme ones if the assignment works, 0 to 1.</param>
/// <param name="Threshold">Below it the sizes are a mismatch.</param>
public sealed record SampleRatioCheck(double ChiSquare, int DegreesOfFreedom, double PValue, double Threshold)
{
    /// <summary>Whether something removes units from an arm or adds them: no effect of the experiment can then be believed.</summary>
    public bool IsMismatch => PValue < Threshold;
}
