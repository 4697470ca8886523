using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>A definition of an own segment.</summary>
internal sealed record SegmentDefinitionReply
{
    /// <summary>Its name.</summary>
    public required string Segment { get; init; }

    /// <summary>The rule: the segment holds those for whom it holds.</summary>
    public required string Rule { get; init; }

    /// <summary>What it is, for people.</summary>
    public required string Description { get; init; }

    /// <summary>Number of the definition; all segments of the store share one growing count.</summary>
    public required long Revision { get; init; }

    /// <summary>When it was defined so.</summary>
    public required DateTimeOffset DefinedAt { get; init; }

    /// <summary>Whether this definition removed the segment.</summary>
    public bool IsRemoved { get; init; }

    public static SegmentDefinitionReply Of(SegmentDefinition definition) => new()
    {
        Segment = definition.Id.Value,
        Rule = definition.Rule,
        Description = definition.Description,
        Revision = definition.Revision,
        DefinedAt = definition.At,
        IsRemoved = definition.IsRemoved,
    };
}
