using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Privacy;

namespace ClvOrleans.Storage.Conformance.InMemory;

/// <inheritdoc />
internal sealed class InMemoryPrivacyRequests(InMemoryStorage storage) : IPrivacyRequests
{
    public Task<bool> AddAsync(PrivacyRequest request, CancellationToken cancellation = default) => storage.ChangeAsync(state =>
        state.PrivacyRequests.Exists(r => (r.Store, r.Source, r.MessageId) == (request.Store, request.Source, request.MessageId))
            ? (state, false)
            : (state with { PrivacyRequests = state.PrivacyRequests.Add(request with { Id = state.PrivacyRequests.Count + 1 }) }, true));

    public Task<IReadOnlyList<PrivacyRequest>> ListAsync(StoreId store, long after, int limit, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<PrivacyRequest>>(state =>
            [.. state.PrivacyRequests.Where(r => r.Store == store && r.Id > after).Take(limit)]);
}
