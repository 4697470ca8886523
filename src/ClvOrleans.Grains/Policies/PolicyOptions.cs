using System.ComponentModel.DataAnnotations;

namespace ClvOrleans.Grains.Policies;

/// <summary>How decisions are taken. Section <c>Policies</c>.</summary>
public sealed record PolicyOptions
{
    /// <summary>Transitions, and customers under way, that are decided in one transaction. Default 200.</summary>
    [Range(1, 10_000)]
    public int Page { get; init; } = 200;

    /// <summary>How often a batch is decided again because something moved on meanwhile, before the next watch tries. Default 20.</summary>
    [Range(0, 1_000)]
    public int MostRepeats { get; init; } = 20;
}
