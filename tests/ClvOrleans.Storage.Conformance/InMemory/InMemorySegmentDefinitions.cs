using ClvOrleans.Domain.Segments;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Segments;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Storage.Conformance.InMemory;

/// <inheritdoc />
internal sealed class InMemorySegmentDefinitions(InMemoryStorage storage) : ISegmentDefinitions
{
    public Task<SegmentDefinitions> ReadAsync(StoreId store, CancellationToken cancellation = default) => storage.ReadAsync(state =>
    {
        var all = Of(state, store);
        var latest = all.GroupBy(d => d.Id).Select(g => g.Last()).Where(d => !d.IsRemoved).OrderBy(d => d.Id);
        return new SegmentDefinitions(all.Length, [.. latest]);
    });

    public Task<bool> TryPutAsync(StoreId store, SegmentDefinition definition, long expected, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state => Of(state, store).Length == expected
            ? (state with { Definitions = state.Definitions.Add((store, definition with { Revision = expected + 1 })) }, true)
            : (state, false));

    public Task<IReadOnlyList<SegmentDefinition>> HistoryAsync(
        StoreId store, SegmentId segment, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<SegmentDefinition>>(state => [.. Of(state, store).Where(d => d.Id == segment).Reverse()]);

    private static SegmentDefinition[] Of(InMemoryState state, StoreId store) =>
        [.. state.Definitions.Where(d => d.Store == store).Select(d => d.Definition)];
}
