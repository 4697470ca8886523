using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Server.Stores;

/// <summary>The store that the key or the session of a request is bound to; a feature of the request.</summary>
/// <param name="Store">The store.</param>
internal sealed record BoundStore(StoreId Store);
