using ClvOrleans.Domain.Segments;

namespace ClvOrleans.Valuation.Segments;

/// <summary>An own segment of a store: those for whom a rule holds.</summary>
public sealed record SegmentDefinition
{
    /// <summary>Its name.</summary>
    public required SegmentId Id { get; init; }

    /// <summary>The rule, in the language of rules.</summary>
    public required string Rule { get; init; }

    /// <summary>What it is, for people.</summary>
    public string Description { get; init; } = "";

    /// <summary>Number of the definition: the segments of a store share one growing count. 0 before it is kept.</summary>
    public long Revision { get; init; }

    /// <summary>When it was defined so.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Whether this revision removed the segment.</summary>
    public bool IsRemoved { get; init; }
}
