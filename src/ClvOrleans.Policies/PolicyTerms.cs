using System.Collections.Immutable;
using ClvOrleans.Policies.Experiments;

namespace ClvOrleans.Policies;

/// <summary>What holds for all policies of a store.</summary>
public sealed record PolicyTerms
{
    /// <summary>No caps, a control group of the usual size, nothing stopped.</summary>
    public static PolicyTerms Default { get; } = new();

    /// <summary>Counts the changes; 0 for the default.</summary>
    public long Revision { get; init; }

    /// <summary>Whether everything is stopped: the kill switch.</summary>
    public bool IsStopped { get; init; }

    /// <summary>How often all policies together may reach a customer on a channel, on a day of the customer's calendar.</summary>
    public ImmutableSortedDictionary<ActionChannel, int> ChannelCaps { get; init; } = ImmutableSortedDictionary<ActionChannel, int>.Empty;

    /// <summary>The customers that no policy acts for.</summary>
    public ControlGroup Control { get; init; } = new();
}
