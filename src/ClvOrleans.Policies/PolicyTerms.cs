using System.Collections.Immutable;

namespace ClvOrleans.Policies;

/// <summary>What holds for all policies of a store.</summary>
public sealed record PolicyTerms
{
    /// <summary>No caps, no control group, nothing stopped.</summary>
    public static PolicyTerms Default { get; } = new();

    /// <summary>Counts the changes; 0 for the default.</summary>
    public int Revision { get; init; }

    /// <summary>Whether everything is stopped: the kill switch.</summary>
    public bool IsStopped { get; init; }

    /// <summary>How often all policies together may reach a customer on a channel, on a day of the customer's calendar.</summary>
    public ImmutableSortedDictionary<ActionChannel, int> ChannelCaps { get; init; } = ImmutableSortedDictionary<ActionChannel, int>.Empty;

    /// <summary>The share of customers that no policy acts for, 0 to below 1. Default 0.</summary>
    public double ControlShare { get; init; }

    /// <summary>After how many days the control group is drawn anew. Default 90.</summary>
    public int ControlDays { get; init; } = 90;
}
