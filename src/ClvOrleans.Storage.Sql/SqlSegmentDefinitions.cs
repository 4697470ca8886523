using System.Data.Common;
using System.Text.Json;
using ClvOrleans.Domain.Segments;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Segments;
using ClvOrleans.Valuation;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Storage.Sql;

/// <inheritdoc cref="ISegmentDefinitions" />
public sealed class SqlSegmentDefinitions(ISqlDatabase database) : ISegmentDefinitions
{
    /// <inheritdoc />
    public async Task<SegmentDefinitions> ReadAsync(StoreId store, CancellationToken cancellation = default)
    {
        var latest = await database.ReadAsync(
            "SELECT payload FROM segment_definitions d WHERE store = $store AND revision = "
                + "(SELECT max(revision) FROM segment_definitions l WHERE l.store = $store AND l.id = d.id) ORDER BY id",
            DefinitionOf, ("$store", store.Value));
        return new SegmentDefinitions(latest.Select(d => d.Revision).DefaultIfEmpty(0).Max(), [.. latest.Where(d => !d.IsRemoved)]);
    }

    /// <inheritdoc />
    public async Task<bool> TryPutAsync(
        StoreId store, SegmentDefinition definition, long expected, CancellationToken cancellation = default)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(
            definition with { Revision = expected + 1 }, ValuationJson.Default.SegmentDefinition);
        var put = 0;
        await database.WriteAsync($"segment-definitions/{store}", async session => put = await session.RunAsync(
            "INSERT INTO segment_definitions (store, revision, id, payload) SELECT $store, $revision, $id, $payload "
                + "WHERE $revision = 1 + COALESCE((SELECT max(revision) FROM segment_definitions WHERE store = $store), 0)",
            ("$store", store.Value), ("$revision", expected + 1), ("$id", definition.Id.Value), ("$payload", payload)));
        return put == 1;
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<SegmentDefinition>> HistoryAsync(
        StoreId store, SegmentId segment, CancellationToken cancellation = default) =>
        database.ReadAsync(
            "SELECT payload FROM segment_definitions WHERE store = $store AND id = $id ORDER BY revision DESC",
            DefinitionOf, ("$store", store.Value), ("$id", segment.Value));

    private static SegmentDefinition DefinitionOf(DbDataReader row) =>
        JsonSerializer.Deserialize((byte[])row.GetValue(0), ValuationJson.Default.SegmentDefinition)!;
}
