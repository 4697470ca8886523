namespace ClvOrleans.Server.Api.Replies;

/// <summary>The stores of an installation.</summary>
/// <param name="Stores">The oldest first, also closed ones.</param>
internal sealed record StoreList(IReadOnlyList<StoreReply> Stores);
