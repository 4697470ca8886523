using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Stamps;
using ClvOrleans.Storage.Stores;

namespace ClvOrleans.Storage.Conformance.InMemory;

/// <inheritdoc />
internal sealed class InMemoryStoreRecords(InMemoryStorage storage) : IStoreRecords
{
    public Task<StoreBook> ReadAsync(CancellationToken cancellation = default) => storage.ReadAsync(state => new StoreBook(
        state.Stores.Count,
        [.. state.Stores.GroupBy(s => s.Store).Select(g => g.Last()).OrderBy(s => s.Store.Value, StringComparer.Ordinal)]));

    public Task<IReadOnlyList<StoreRecord>> HistoryAsync(StoreId store, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<StoreRecord>>(state => [.. state.Stores.Where(s => s.Store == store).Reverse()]);

    public Task<StoreChange> TryPutAsync(
        StoreRecord record, StoreStamp stamp, long expected, CancellationToken cancellation = default) => storage.ChangeAsync(state =>
    {
        if (state.Stores.Count != expected)
        {
            return (state, StoreChange.Outdated);
        }

        var before = state.Stamps.GetValueOrDefault(record.Store);
        var isOther = before is not null && (before.Currency, before.TimeZone) != (stamp.Currency, stamp.TimeZone);
        if (isOther && InMemoryStamps.StoresOf(state).Contains(record.Store))
        {
            return (state, StoreChange.HasEvents);
        }

        var key = state.Stores.LastOrDefault(s => s.Store == record.Store)?.Pseudonyms;
        if ((key is null) != (record.Pseudonyms is null) && InMemoryStamps.StoresOf(state).Contains(record.Store))
        {
            return (state, StoreChange.HasPeople);
        }

        var shards = state.Stores.Exists(s => s.Store == record.Store) || state.Rows.Keys.Any(c => c.Store == record.Store)
            ? state.ShardsOf(record.Store)
            : record.Shards;
        if (shards != record.Shards)
        {
            return (state, StoreChange.HasShards);
        }

        var versions = state.Stores.Where(s => s.Store == record.Store).ToList();
        var kept = record with
        {
            Version = versions.Count + 1,
            Pseudonyms = record.Pseudonyms is null ? null : key ?? record.Pseudonyms,
            CreatedAt = versions.Count > 0 ? versions[0].At : record.At,
            CreatedIn = versions.Count > 0 ? versions[0].CreatedIn : expected + 1,
        };
        return (InMemoryStamps.Write(state with { Stores = state.Stores.Add(kept) }, stamp, record.At), StoreChange.Kept);
    });
}
