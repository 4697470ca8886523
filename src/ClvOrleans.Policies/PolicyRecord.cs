using ClvOrleans.Domain.Policies;

namespace ClvOrleans.Policies;

/// <summary>A policy as it is kept.</summary>
public sealed record PolicyRecord
{
    /// <summary>Its name.</summary>
    public required PolicyId Id { get; init; }

    /// <summary>The definition as it was written: JSON.</summary>
    public required string Definition { get; init; }

    /// <summary>Number of the definition: the policies of a store share one growing count. 0 before it is kept.</summary>
    public long Revision { get; init; }

    /// <summary>When it was defined so.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Whether this revision removed the policy.</summary>
    public bool IsRemoved { get; init; }

    /// <summary>Whether it acts. It stays when the definition changes; a new policy begins with a shadow run.</summary>
    public PolicyMode Mode { get; init; }

    /// <summary>Since when it is in this mode.</summary>
    public DateTimeOffset ModeSince { get; init; }
}
