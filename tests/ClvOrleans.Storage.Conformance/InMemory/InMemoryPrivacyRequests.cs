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

    public Task CompleteAsync(
        StoreId store, PrivacyRequestKind kind, IReadOnlyCollection<string>? customers, DateTimeOffset at,
        CancellationToken cancellation = default) =>
        storage.ChangeAsync(state => state with
        {
            PrivacyRequests =
            [
                .. state.PrivacyRequests.Select(r =>
                    (r.Store, r.Kind, r.DoneAt) == (store, kind, null) && (customers?.Contains(r.Customer) ?? true)
                    ? r with { DoneAt = at, Customer = null, Payload = "{}"u8.ToArray() }
                    : r),
            ],
        });

    public Task<IReadOnlyList<PrivacyRequest>> ListAsync(StoreId store, long after, int limit, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<PrivacyRequest>>(state =>
            [.. state.PrivacyRequests.Where(r => r.Store == store && r.Id > after).Take(limit)]);
}
