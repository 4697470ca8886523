namespace ClvOrleans.Server.Api.Replies;

/// <summary>A version of a store.</summary>
/// <param name="Version">Its number.</param>
/// <param name="At">When it was made.</param>
/// <param name="By">By what it was made: store.json or api.</param>
/// <param name="IsClosed">Whether the store is closed since.</param>
internal sealed record StoreVersion(long Version, DateTimeOffset At, string By, bool IsClosed);
