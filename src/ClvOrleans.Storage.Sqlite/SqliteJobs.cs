using System.Text.Json;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Jobs;
using ClvOrleans.Valuation;
using ClvOrleans.Valuation.Jobs;
using Microsoft.Data.Sqlite;

namespace ClvOrleans.Storage.Sqlite;

/// <inheritdoc cref="IJobRecords" />
public sealed class SqliteJobs(SqliteDatabase database, SqliteWriter writer) : IJobRecords
{
    /// <inheritdoc />
    public async Task<int> NextNumberAsync(StoreId store, CancellationToken cancellation = default) => (await ReadAsync(
        "SELECT ifnull(max(number), 0) + 1 FROM jobs WHERE store = $store", row => row.GetInt32(0), ("$store", store.Value)))[0];

    /// <inheritdoc />
    public Task PutAsync(StoreId store, JobRecord job, CancellationToken cancellation = default)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(job with { Result = null }, ValuationJson.Default.JobRecord);
        var result = job.Result is { } r ? JsonSerializer.SerializeToUtf8Bytes(r, ValuationJson.Default.JsonElement) : null;
        return writer.WriteAsync(session =>
        {
            session.Run(
                "INSERT INTO jobs (store, id, kind, subject, state, payload, result) VALUES ($store, $id, $kind, $subject, $state, $payload, $result) "
                    + "ON CONFLICT (store, id) DO UPDATE SET state = $state, payload = $payload, result = $result",
                ("$store", store.Value), ("$id", job.Id), ("$kind", job.Kind.ToString()), ("$subject", job.Subject), ("$state", job.State.ToString()),
                ("$payload", payload), ("$result", result));
            session.Run(
                "DELETE FROM jobs WHERE store = $store AND state <> $running AND number <= ("
                    + "SELECT number FROM jobs WHERE store = $store AND state <> $running ORDER BY number DESC LIMIT 1 OFFSET $kept)",
                ("$store", store.Value), ("$running", nameof(JobState.Running)), ("$kept", IJobRecords.Kept));
        });
    }

    /// <inheritdoc />
    public async Task<JobRecord?> FindAsync(StoreId store, string id, CancellationToken cancellation = default) => (await ReadAsync(
        "SELECT payload, result FROM jobs WHERE store = $store AND id = $id", JobOf, ("$store", store.Value), ("$id", id))).SingleOrDefault();

    /// <inheritdoc />
    public Task<IReadOnlyList<JobRecord>> ListAsync(StoreId store, int limit, CancellationToken cancellation = default) => ReadAsync(
        "SELECT payload, NULL FROM jobs WHERE store = $store ORDER BY number DESC LIMIT $limit", JobOf, ("$store", store.Value), ("$limit", limit));

    /// <inheritdoc />
    public async Task<JobRecord?> FindLastAsync(StoreId store, JobKind kind, string subject, CancellationToken cancellation = default) =>
        (await ReadAsync(
            "SELECT payload, result FROM jobs WHERE store = $store AND kind = $kind AND subject = $subject AND state = $state "
                + "ORDER BY number DESC LIMIT 1",
            JobOf,
            ("$store", store.Value), ("$kind", kind.ToString()), ("$subject", subject), ("$state", nameof(JobState.Succeeded)))).SingleOrDefault();

    private static JobRecord JobOf(SqliteDataReader row)
    {
        var job = JsonSerializer.Deserialize((byte[])row.GetValue(0), ValuationJson.Default.JobRecord)!;
        return row.IsDBNull(1) ? job : job with { Result = JsonSerializer.Deserialize((byte[])row.GetValue(1), ValuationJson.Default.JsonElement) };
    }

    private Task<IReadOnlyList<T>> ReadAsync<T>(
        string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var session = database.Read();
        using var rows = session.Query(sql, parameters);
        var list = new List<T>();
        while (session.Next(rows))
        {
            list.Add(read(rows));
        }

        return Task.FromResult<IReadOnlyList<T>>(list);
    }
}
