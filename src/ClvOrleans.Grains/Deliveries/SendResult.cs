using ClvOrleans.Domain.Events;

namespace ClvOrleans.Grains.Deliveries;

/// <summary>What became of an attempt.</summary>
/// <param name="Kind">Accepted, to be repeated, or failed for good.</param>
/// <param name="Reason">Why it failed, in a sentence or a word.</param>
/// <param name="Bounce">Where the recipient's server refused the address: whether for good.</param>
/// <param name="NotBefore">The earliest time of the next attempt, if the other side said one.</param>
public sealed record SendResult(SendResultKind Kind, string? Reason = null, BounceKind? Bounce = null, DateTimeOffset? NotBefore = null)
{
    /// <summary>It was accepted.</summary>
    public static SendResult Sent { get; } = new(SendResultKind.Sent);

    /// <summary>It is tried again.</summary>
    public static SendResult Again(string reason, BounceKind? bounce = null, DateTimeOffset? notBefore = null) =>
        new(SendResultKind.Again, reason, bounce, notBefore);

    /// <summary>Another attempt would fail likewise.</summary>
    public static SendResult Failed(string reason, BounceKind? bounce = null) => new(SendResultKind.Failed, reason, bounce);
}
