using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Server.Stores;

/// <summary>What a scope of services is about: a store, or a request that names one.</summary>
internal sealed class StoreScope(StoreScopes scopes, StoreDirectory stores)
{
    /// <summary>The store whose services these are; null in the scope of a request.</summary>
    public StoreId? Store { get; set; }

    /// <summary>The request, in whose scope services are those of its store.</summary>
    public HttpContext? Request { get; set; }

    /// <summary>The services of the store that is asked about.</summary>
    /// <exception cref="StoreException">The request leaves open which one, or must not have it.</exception>
    public IServiceProvider Services => Request is null
        ? throw new InvalidOperationException("Services of a store are asked for outside a request; see StoreScopes.")
        : scopes.Of(StoreOfRequest.Find(Request, stores).Id);
}
