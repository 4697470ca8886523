using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Stamps;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Storage.Conformance.InMemory;

/// <inheritdoc />
internal sealed class InMemoryStamps(InMemoryStorage storage) : IStoreStamps
{
    public Task<IReadOnlyList<StoreStamp>> ReadAsync(CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<StoreStamp>>(state => [.. state.Stamps.Values]);

    public Task<IReadOnlyList<StoreId>> FindStoresAsync(CancellationToken cancellation = default) =>
        storage.ReadAsync(StoresOf);

    public Task WriteAsync(StoreStamp stamp, DateTimeOffset at, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state => Write(state, stamp, at));

    internal static IReadOnlyList<StoreId> StoresOf(InMemoryState state) =>
        [.. state.Rows.Keys.Select(c => c.Store).Concat(state.Held.Select(h => h.Sender.Store)).Distinct()];

    internal static InMemoryState Write(InMemoryState state, StoreStamp stamp, DateTimeOffset at)
    {
        var before = state.Stamps.GetValueOrDefault(stamp.Store);
        var champion = state.Promotions.FindLast(p => p.Store == stamp.Store).Promotion?.Model ?? PriorModel.Version.Id;
        state = state with { Stamps = state.Stamps.SetItem(stamp.Store, stamp) };
        return before is null || before == stamp ? state : state.With(stamp.Store, champion, at, PromotionCause.Settings);
    }
}
