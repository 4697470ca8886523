using System.Collections.Immutable;
using ClvOrleans.Statistics.Experiments;

namespace ClvOrleans.Policies.Experiments;

/// <summary>What an experiment says now.</summary>
/// <param name="Today">The local day of the reading: windows that end before it are over.</param>
/// <param name="Arms">How many units the arms have.</param>
/// <param name="InTwoArms">Customers of whom two identities were exposed in different arms: left out.</param>
/// <param name="OfEarlierSplits">Customers who were exposed under an earlier split: shown apart, not compared.</param>
/// <param name="SampleRatio">The check of the sizes, over all splits; null before the first exposure.</param>
/// <param name="IsComplete">Whether the planned units have matured, or the experiment has been stopped and all windows are over.</param>
/// <param name="Comparisons">Each arm with the control; empty where the sizes are a mismatch.</param>
/// <param name="Remarks">What else whoever decides must know, in sentences.</param>
public sealed record ExperimentReading(
    DateOnly Today, ImmutableArray<ArmCounts> Arms, long InTwoArms, long OfEarlierSplits, SampleRatioCheck? SampleRatio, bool IsComplete,
    ImmutableArray<ArmReading> Comparisons, ImmutableArray<string> Remarks);
