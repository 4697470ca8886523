namespace ClvOrleans.Intake.Webhooks;

/// <summary>One call of a shop, whose signature was right.</summary>
/// <param name="Source">The source that it belongs to.</param>
/// <param name="Topic">What it is about, in the shop's words: <c>orders/create</c>.</param>
/// <param name="Body">Its body.</param>
/// <param name="ReceivedAt">When it came.</param>
/// <param name="DeliveryId">The shop's id of the call; null where it has none.</param>
public sealed record WebhookDelivery(
    string Source, string Topic, ReadOnlyMemory<byte> Body, DateTimeOffset ReceivedAt, string? DeliveryId = null);
