namespace ClvOrleans.Server.Api.Replies;

/// <summary>What a rule says of the store's customers and visitors.</summary>
internal sealed record RulePreviewReply
{
    /// <summary>The rule as the language writes it.</summary>
    public required string Rule { get; init; }

    /// <summary>The fields that it asks for.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>Whether its answer may change as days pass, without an event.</summary>
    public required bool MovesWithTime { get; init; }

    /// <summary>The local day for which it was asked.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Of how many customers and visitors it was asked.</summary>
    public required long Asked { get; init; }

    /// <summary>For how many it cannot be told, since something that it asks for is not known of them.</summary>
    public required long Unknown { get; init; }

    /// <summary>The currency of all money, in major units.</summary>
    public required string Currency { get; init; }

    /// <summary>Those for whom it holds.</summary>
    public required SegmentValues Total { get; init; }

    /// <summary>The most valuable of them by predicted value.</summary>
    public required IReadOnlyList<CustomerListItem> Sample { get; init; }
}
