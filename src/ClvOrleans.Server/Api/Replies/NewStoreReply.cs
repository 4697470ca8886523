namespace ClvOrleans.Server.Api.Replies;

/// <summary>A store that was made.</summary>
/// <param name="Store">The store.</param>
/// <param name="WriteKey">Its first write key, which shops send with. It is not shown again.</param>
internal sealed record NewStoreReply(StoreReply Store, string WriteKey);
