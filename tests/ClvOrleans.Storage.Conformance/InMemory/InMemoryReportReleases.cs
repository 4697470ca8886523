using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Releases;

namespace ClvOrleans.Storage.Conformance.InMemory;

/// <inheritdoc />
internal sealed class InMemoryReportReleases(InMemoryStorage storage) : IReportReleases
{
    public Task<KeptRelease?> FindAsync(StoreId store, CancellationToken cancellation = default) =>
        storage.ReadAsync(state => state.Releases.GetValueOrDefault(store));

    public Task<KeptRelease> KeepAsync(StoreId store, KeptRelease release, DateOnly today, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state => state.Releases.TryGetValue(store, out var kept) && kept.ToldUntil >= today
            ? (state, kept)
            : (state with { Releases = state.Releases.SetItem(store, release) }, release));

    public Task<string> SecretAsync(StoreId store, string offered, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state => state.NoiseSecrets.TryGetValue(store, out var kept)
            ? (state, kept)
            : (state with { NoiseSecrets = state.NoiseSecrets.Add(store, offered) }, offered));
}
