using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Access;

namespace ClvOrleans.Storage.Conformance.InMemory;

/// <inheritdoc />
internal sealed class InMemoryCredentials(InMemoryStorage storage) : ICredentials
{
    public Task<bool> TryAddAsync(Credential credential, CancellationToken cancellation = default) => storage.ChangeAsync(state =>
        state.Credentials.ContainsKey(credential.Id)
            ? (state, false)
            : (state with { Credentials = state.Credentials.Add(credential.Id, credential) }, true));

    public Task<Credential?> FindAsync(string id, CancellationToken cancellation = default) =>
        storage.ReadAsync(state => state.Credentials.GetValueOrDefault(id));

    public Task<IReadOnlyList<Credential>> ListAsync(CredentialKind kind, StoreId? store, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<Credential>>(state =>
        [
            .. state.Credentials.Values.Where(c => c.Kind == kind && (store is null || c.Store == store))
                .OrderBy(c => c.CreatedAt).ThenBy(c => c.Id, StringComparer.Ordinal),
        ]);

    public Task<bool> RevokeAsync(string id, DateTimeOffset at, CancellationToken cancellation = default) =>
        ChangeAsync(id, c => c with { RevokedAt = at });

    public Task<bool> ExpireAsync(string id, DateTimeOffset at, CancellationToken cancellation = default) =>
        ChangeAsync(id, c => c.ExpiresAt <= at ? c : c with { ExpiresAt = at });

    public Task NoteUseAsync(IReadOnlyCollection<string> ids, DateTimeOffset at, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state => (state with
        {
            Credentials = state.Credentials.SetItems(
                ids.Where(id => state.Credentials.TryGetValue(id, out var known) && !(known.UsedAt >= at))
                    .Select(id => KeyValuePair.Create(id, state.Credentials[id] with { UsedAt = at }))),
        }, true));

    public Task PruneAsync(DateTimeOffset before, CancellationToken cancellation = default) => storage.ChangeAsync(state => (state with
    {
        Credentials = state.Credentials.RemoveRange(
            state.Credentials.Values.Where(c => c.Kind != CredentialKind.Key && (c.RevokedAt < before || c.ExpiresAt < before))
                .Select(c => c.Id)),
    }, true));

    private Task<bool> ChangeAsync(string id, Func<Credential, Credential> change) => storage.ChangeAsync(state =>
        state.Credentials.TryGetValue(id, out var known) && known.RevokedAt is null
            ? (state with { Credentials = state.Credentials.SetItem(id, change(known)) }, true)
            : (state, false));
}
