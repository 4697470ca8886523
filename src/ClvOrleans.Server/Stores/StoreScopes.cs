using System.Collections.Concurrent;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Server.Stores;

/// <summary>The services of each store (<see cref="PerStoreServices"/>), made when they are first asked for and kept.</summary>
internal sealed class StoreScopes(IServiceScopeFactory scopes, StoreDirectory stores) : IDisposable
{
    private readonly ConcurrentDictionary<StoreId, Lazy<IServiceScope>> _scopes = new();

    /// <summary>A service of a store, also of a closed one.</summary>
    /// <exception cref="KeyNotFoundException">There is no such store.</exception>
    public T Get<T>(StoreId store)
        where T : notnull => Of(store).GetRequiredService<T>();

    /// <summary>The services of a store.</summary>
    internal IServiceProvider Of(StoreId store) => _scopes.GetOrAdd(stores.Get(store).Id, id => new(() => Make(id))).Value.ServiceProvider;

    public void Dispose()
    {
        foreach (var scope in _scopes.Values.Where(s => s.IsValueCreated))
        {
            scope.Value.Dispose();
        }
    }

    private IServiceScope Make(StoreId store)
    {
        var scope = scopes.CreateScope();
        scope.ServiceProvider.GetRequiredService<StoreScope>().Store = store;
        return scope;
    }
}
