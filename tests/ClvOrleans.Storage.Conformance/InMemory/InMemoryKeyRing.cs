using ClvOrleans.Storage.Access;

namespace ClvOrleans.Storage.Conformance.InMemory;

/// <inheritdoc />
internal sealed class InMemoryKeyRing(InMemoryStorage storage) : IKeyRing
{
    public Task<IReadOnlyList<string>> ReadAsync(CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<string>>(state => [.. state.KeyRing.Values]);

    public Task AddAsync(string name, string key, CancellationToken cancellation = default) => storage.ChangeAsync(state =>
        (state.KeyRing.ContainsKey(name) ? state : state with { KeyRing = state.KeyRing.Add(name, key) }, true));
}
