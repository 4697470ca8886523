namespace ClvOrleans.Domain.Events;

/// <summary>What an event says of a message that was sent to a customer.</summary>
/// <param name="Channel">How it was sent: email, sms, push or another channel's name.</param>
/// <param name="DeliveryId">The delivery of this service that it was; null of messages that others sent.</param>
/// <param name="Address">
/// Where it was sent to, in small letters; null where the event does not say. A bounce counts against this address alone.
/// </param>
/// <param name="Bounce">Of a bounce, whether it is for good.</param>
/// <param name="IsMachine">Whether a program opened or followed it, such as a mail server's scanner.</param>
public sealed record MessageFacts(
    string Channel, string? DeliveryId = null, string? Address = null, BounceKind? Bounce = null, bool IsMachine = false);
