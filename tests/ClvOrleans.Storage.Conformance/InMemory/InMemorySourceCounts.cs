using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Sources;

namespace ClvOrleans.Storage.Conformance.InMemory;

/// <inheritdoc />
internal sealed class InMemorySourceCounts(InMemoryStorage storage) : ISourceCounts
{
    public Task AddAsync(StoreId store, IReadOnlyCollection<SourceCount> counts, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state => counts.Aggregate(state, (before, count) => With(before, store, count)));

    public Task<IReadOnlyList<SourceCount>> ReadAsync(StoreId store, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<SourceCount>>(state =>
        [
            .. state.SourceCounts.Where(c => c.Key.Store == store).Select(c => c.Value)
                .OrderBy(c => c.Source, StringComparer.Ordinal)
                .ThenBy(c => c.Outcome.ToString(), StringComparer.Ordinal)
                .ThenBy(c => c.Code, StringComparer.Ordinal),
        ]);

    private static InMemoryState With(InMemoryState state, StoreId store, SourceCount count)
    {
        var key = (store, count.Source, count.Outcome, count.Code);
        var before = state.SourceCounts.GetValueOrDefault(key, count with { Events = 0 });
        var sum = count with
        {
            Events = before.Events + count.Events,
            LastAt = before.LastAt > count.LastAt ? before.LastAt : count.LastAt,
        };
        return state with { SourceCounts = state.SourceCounts.SetItem(key, sum) };
    }
}
