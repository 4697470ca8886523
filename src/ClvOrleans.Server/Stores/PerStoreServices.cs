using ClvOrleans.Grains.Stores;
using Orleans.Providers;
using Orleans.Serialization.Configuration;

namespace ClvOrleans.Server.Stores;

/// <summary>Registers services that are made once for each store, so that what they remember is never of two.</summary>
internal static class PerStoreServices
{
    /// <summary>
    /// Has a service made once for each store, for its <see cref="OneStore"/>. An endpoint that takes it has that of its request's store;
    /// others ask <see cref="StoreScopes"/>.
    /// </summary>
    public static IServiceCollection AddPerStore<T>(this IServiceCollection services)
        where T : class => services.AddPerStore(s => ActivatorUtilities.CreateInstance<T>(s));

    /// <summary>As above, made by a function of the scope of a store.</summary>
    public static IServiceCollection AddPerStore<T>(this IServiceCollection services, Func<IServiceProvider, T> make)
        where T : class
    {
        // The scope of a request would dispose it.
        return typeof(T).IsAssignableTo(typeof(IDisposable)) || typeof(T).IsAssignableTo(typeof(IAsyncDisposable))
            ? throw new ArgumentException($"{typeof(T).Name} is disposable: it would end with the first request.", nameof(services))
            : services.AddScoped(scope =>
            {
                var about = scope.GetRequiredService<StoreScope>();
                return about.Store is null ? about.Services.GetRequiredService<T>() : make(scope);
            });
    }

    /// <summary>Adds what keeps stores apart, and <see cref="OneStore"/> itself.</summary>
    public static IServiceCollection AddStores(this IServiceCollection services) => services
        .AddSingleton<StoreDirectory>()
        .AddSingleton<IStores>(s => s.GetRequiredService<StoreDirectory>())
        .AddSingleton<StoreKeeper>()
        .AddSingleton<StoreFollower>()
        .AddKeyedSingleton<IControllable>(StoreFollower.Name, (s, _) => s.GetRequiredService<StoreFollower>())
        .AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(s => s.GetRequiredService<StoreFollower>())
        .Configure<TypeManifestOptions>(o => o.WellKnownTypeAliases[StoreFollower.Name] = typeof(StoreFollower))
        .AddSingleton<StoreScopes>()
        .AddScoped<StoreScope>()
        .AddPerStore(scope =>
        {
            var store = scope.GetRequiredService<StoreScope>().Store!.Value;
            var stores = scope.GetRequiredService<StoreDirectory>();
            return new OneStore(() => stores.Get(store));
        });
}
