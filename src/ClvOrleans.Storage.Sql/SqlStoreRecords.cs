using System.Data.Common;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Stamps;
using ClvOrleans.Storage.Stores;

namespace ClvOrleans.Storage.Sql;

/// <inheritdoc cref="IStoreRecords" />
public sealed class SqlStoreRecords(ISqlDatabase database) : IStoreRecords
{
    private const string Columns =
        "SELECT s.store, s.version, s.at, s.by_whom, s.definition, s.closed, f.at, f.revision, s.revision, k.secret, h.shards "
            + "FROM stores s JOIN stores f ON f.store = s.store AND f.version = 1 LEFT JOIN pseudonym_keys k ON k.store = s.store "
            + "LEFT JOIN store_shards h ON h.store = s.store ";

    /// <inheritdoc />
    public async Task<StoreBook> ReadAsync(CancellationToken cancellation = default)
    {
        await using var session = await database.OpenAsync(cancellation);
        var rows = await session.ReadAsync(
            Columns + "WHERE s.version = (SELECT max(l.version) FROM stores l WHERE l.store = s.store) ORDER BY s.store",
            row => (Record: RecordOf(row), Revision: row.GetInt64(8)));
        return new StoreBook(rows.Select(r => r.Revision).DefaultIfEmpty().Max(), [.. rows.Select(r => r.Record)]);
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<StoreRecord>> HistoryAsync(StoreId store, CancellationToken cancellation = default) =>
        database.ReadAsync(Columns + "WHERE s.store = $store ORDER BY s.version DESC", RecordOf, ("$store", store.Value));

    /// <inheritdoc />
    public async Task<StoreChange> TryPutAsync(
        StoreRecord record, StoreStamp stamp, long expected, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var change = StoreChange.Kept;
        await database.WriteAsync(["stores", SqlStoreStamps.ScopeOf(record.Store)], async session =>
        {
            var last = await session.ScalarAsync("SELECT COALESCE(max(revision), 0) FROM stores");
            change = (long)last! != expected ? StoreChange.Outdated
                : await IsFoldedOtherwiseAsync(session, stamp) ? StoreChange.HasEvents
                : await SqlPseudonymKeys.AreOtherwiseAsync(session, record) ? StoreChange.HasPeople
                : await SqlShards.AreOtherwiseAsync(session, record) ? StoreChange.HasShards
                : StoreChange.Kept;
            if (change != StoreChange.Kept)
            {
                return;
            }

            await session.RunAsync(
                "INSERT INTO stores (revision, store, version, at, by_whom, definition, closed) SELECT $revision, CAST($store AS TEXT), "
                    + "COALESCE(max(version), 0) + 1, $at, $by, $definition, $closed FROM stores WHERE store = $store",
                ("$revision", expected + 1), ("$store", record.Store.Value), ("$at", record.At.ToUnixTimeMilliseconds()),
                ("$by", record.By), ("$definition", record.Definition), ("$closed", record.IsClosed ? 1L : 0L));
            await SqlPseudonymKeys.KeepAsync(session, record);
            await SqlShards.KeepAsync(session, record);
            await SqlStoreStamps.WriteAsync(session, stamp, record.At);
        });
        return change;
    }

    private static async ValueTask<bool> IsFoldedOtherwiseAsync(ISqlSession session, StoreStamp stamp)
    {
        var before = (await SqlStoreStamps.ReadAsync(session)).SingleOrDefault(s => s.Store == stamp.Store);
        return before is not null && (before.Currency != stamp.Currency || before.TimeZone != stamp.TimeZone)
            && await session.ScalarAsync(
                "SELECT 1 WHERE EXISTS (SELECT 1 FROM customers WHERE store = $store) "
                    + "OR EXISTS (SELECT 1 FROM held_events WHERE store = $store)", ("$store", stamp.Store.Value)) is not null;
    }

    private static StoreRecord RecordOf(DbDataReader row) => new()
    {
        Store = new StoreId(row.GetString(0)),
        Version = row.GetInt64(1),
        At = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)),
        By = row.GetString(3),
        Definition = row.GetString(4),
        IsClosed = row.GetInt64(5) == 1,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6)),
        CreatedIn = row.GetInt64(7),
        Pseudonyms = row.IsDBNull(9) ? null : new Pseudonyms(row.GetString(9)),
        Shards = row.IsDBNull(10) ? ShardCount.Default : new ShardCount(row.GetInt32(10)),
    };
}
