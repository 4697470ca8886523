using ClvOrleans.Policies.Experiments;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>What an experiment says now.</summary>
internal sealed record ReadingReply
{
    /// <summary>The local day of the reading; windows that end before it are over.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Draft, Running or Stopped.</summary>
    public required ExperimentState State { get; init; }

    /// <summary>Amounts are in it.</summary>
    public required string Currency { get; init; }

    /// <summary>How many units the arms have.</summary>
    public required IReadOnlyList<ArmCounts> Arms { get; init; }

    /// <summary>Customers of whom two identities were exposed in different arms: left out.</summary>
    public required long InTwoArms { get; init; }

    /// <summary>Customers who were exposed under an earlier split: not compared.</summary>
    public required long OfEarlierSplits { get; init; }

    /// <summary>The p-value of the sample-ratio check; null before the first exposure. Below .001 there is no comparison.</summary>
    public required double? SampleRatioPValue { get; init; }

    /// <summary>Whether the one look is due.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>Each arm with the control.</summary>
    public required IReadOnlyList<ArmReply> Comparisons { get; init; }

    /// <summary>What else whoever decides must know.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }
}
