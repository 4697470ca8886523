using ClvOrleans.Domain.Events;

namespace ClvOrleans.Grains.Deliveries;

/// <summary>What became of an attempt.</summary>
/// <param name="Kind">Accepted, to be repeated, or failed for good.</param>
/// <param name="Reason">Why it failed, in a sentence or a word.</param>
/// <param name="Bounce">Where the recipient's server refused the address: whether for good.</param>
/// <param name="NotBefore">The earliest time of the next attempt, if the other side said one.</param>
/// <param name="MayHaveArrived">Whether it is not known if it arrived.</param>
public sealed record SendResult(
    SendResultKind Kind, string? Reason = null, BounceKind? Bounce = null, DateTimeOffset? NotBefore = null, bool MayHaveArrived = false)
{
    /// <summary>It was accepted.</summary>
    public static SendResult Sent { get; } = new(SendResultKind.Sent);

    /// <summary>It is tried again, though it may have arrived.</summary>
    public static SendResult Unsure(string reason) => new(SendResultKind.Again, reason, MayHaveArrived: true);

    /// <summary>It did not arrive, and is tried again.</summary>
    public static SendResult Again(string reason, BounceKind? bounce = null, DateTimeOffset? notBefore = null) =>
        new(SendResultKind.Again, reason, bounce, notBefore);

    /// <summary>It did not arrive, and another attempt would fail likewise.</summary>
    public static SendResult Failed(string reason, BounceKind? bounce = null) => new(SendResultKind.Failed, reason, bounce);
}
