namespace ClvOrleans.Server.Api.Replies;

/// <summary>Some deliveries, the latest first.</summary>
/// <param name="Deliveries">The deliveries.</param>
/// <param name="Next">Give it as before for the next page; null on the last.</param>
internal sealed record DeliveryPage(IReadOnlyList<DeliveryReply> Deliveries, long? Next);
