using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Server.Stores;

/// <summary>
/// The store that the credential of a request is bound to: a feature of the request, missing where it may use all stores.
/// </summary>
internal sealed record BoundStore(StoreId Store);
