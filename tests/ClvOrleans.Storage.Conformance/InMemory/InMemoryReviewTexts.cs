using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Reviews;
using ClvOrleans.Valuation.Reviews;

namespace ClvOrleans.Storage.Conformance.InMemory;

/// <inheritdoc />
internal sealed class InMemoryReviewTexts(InMemoryStorage storage) : IReviewTexts
{
    public Task<IReadOnlyList<RatedReview>> ReadAsync(StoreId store, int limit, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<RatedReview>>(state =>
        [
            .. state.Reviews.Where(r => r.Key.Customer.Store == store)
                .OrderBy(r => r.Value.At).ThenBy(r => r.Key.Key.Source, StringComparer.Ordinal)
                .ThenBy(r => r.Key.Key.MessageId, StringComparer.Ordinal)
                .Select(r => r.Value).TakeLast(limit),
        ]);

    public Task<IReadOnlyList<RatedReview>> OfCustomerAsync(CustomerId customer, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<RatedReview>>(state =>
        [
            .. state.Reviews.Where(r => r.Key.Customer == customer).OrderBy(r => r.Value.At)
                .ThenBy(r => r.Key.Key.MessageId, StringComparer.Ordinal).Select(r => r.Value),
        ]);

    public Task<int> PruneAsync(StoreId store, DateTimeOffset before, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state =>
        {
            var old = state.Reviews.Where(r => r.Key.Customer.Store == store && r.Value.At < before).Select(r => r.Key).ToArray();
            return (state with { Reviews = state.Reviews.RemoveRange(old) }, old.Length);
        });
}
