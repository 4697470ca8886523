namespace ClvOrleans.Server.Api.Replies;

/// <summary>A store, and how it came to be as it is.</summary>
/// <param name="Store">The store.</param>
/// <param name="Versions">Its versions, the newest first.</param>
internal sealed record StoreDetail(StoreReply Store, IReadOnlyList<StoreVersion> Versions);
