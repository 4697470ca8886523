using System.Text.Json;
using ClvOrleans.Domain.Segments;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Segments;
using ClvOrleans.Valuation;
using ClvOrleans.Valuation.Segments;
using Microsoft.Data.Sqlite;

namespace ClvOrleans.Storage.Sqlite;

/// <inheritdoc cref="ISegmentDefinitions" />
public sealed class SqliteSegmentDefinitions(SqliteDatabase database, SqliteWriter writer) : ISegmentDefinitions
{
    /// <inheritdoc />
    public Task<SegmentDefinitions> ReadAsync(StoreId store, CancellationToken cancellation = default)
    {
        using var session = database.Read();
        var latest = session.Read(
            "SELECT payload FROM segment_definitions d WHERE store = $store AND revision = "
                + "(SELECT max(revision) FROM segment_definitions l WHERE l.store = $store AND l.id = d.id) ORDER BY id",
            DefinitionOf, ("$store", store.Value));
        return Task.FromResult(new SegmentDefinitions(
            latest.Select(d => d.Revision).DefaultIfEmpty(0).Max(), [.. latest.Where(d => !d.IsRemoved)]));
    }

    /// <inheritdoc />
    public async Task<bool> TryPutAsync(StoreId store, SegmentDefinition definition, long expected, CancellationToken cancellation = default)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(definition with { Revision = expected + 1 }, ValuationJson.Default.SegmentDefinition);
        var put = 0;
        await writer.WriteAsync(session => put = session.Run(
            "INSERT INTO segment_definitions (store, revision, id, payload) SELECT $store, $revision, $id, $payload "
                + "WHERE $revision = 1 + ifnull((SELECT max(revision) FROM segment_definitions WHERE store = $store), 0)",
            ("$store", store.Value), ("$revision", expected + 1), ("$id", definition.Id.Value), ("$payload", payload)));
        return put == 1;
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<SegmentDefinition>> HistoryAsync(StoreId store, SegmentId segment, CancellationToken cancellation = default)
    {
        using var session = database.Read();
        return Task.FromResult<IReadOnlyList<SegmentDefinition>>(session.Read(
            "SELECT payload FROM segment_definitions WHERE store = $store AND id = $id ORDER BY revision DESC",
            DefinitionOf, ("$store", store.Value), ("$id", segment.Value)));
    }

    private static SegmentDefinition DefinitionOf(SqliteDataReader row) =>
        JsonSerializer.Deserialize((byte[])row.GetValue(0), ValuationJson.Default.SegmentDefinition)!;
}
