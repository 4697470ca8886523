using System.Data.Common;
using System.Text.Json;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Jobs;
using ClvOrleans.Valuation;
using ClvOrleans.Valuation.Jobs;

namespace ClvOrleans.Storage.Sql;

/// <inheritdoc cref="IJobRecords" />
public sealed class SqlJobs(ISqlDatabase database) : IJobRecords
{
    private const string Open = $"'{nameof(JobState.Waiting)}', '{nameof(JobState.Running)}'";

    /// <inheritdoc />
    public async Task<int> NextNumberAsync(StoreId store, CancellationToken cancellation = default) => (await database.ReadAsync(
        "SELECT COALESCE(max(number), 0) + 1 FROM jobs WHERE store = $store", row => row.GetInt32(0), ("$store", store.Value)))[0];

    /// <inheritdoc />
    public async Task<long> TakeAsync(StoreId store, JobLane lane, CancellationToken cancellation = default)
    {
        var number = 0L;
        await database.WriteAsync(ScopeOf(store), async session => number = (long)(await session.ScalarAsync(
            "INSERT INTO job_lanes (store, lane, writer) VALUES ($store, $lane, 1) "
                + "ON CONFLICT (store, lane) DO UPDATE SET writer = job_lanes.writer + 1 RETURNING writer",
            ("$store", store.Value), ("$lane", lane.ToString())))!);
        return number;
    }

    /// <inheritdoc />
    public async Task<bool> TryPutAsync(
        StoreId store, JobLane lane, long writer, IReadOnlyCollection<JobRecord> jobs, CancellationToken cancellation = default)
    {
        JobRow[] rows = [.. jobs.Select(j => new JobRow(j))];
        var isWriter = false;
        await database.WriteAsync(ScopeOf(store), async session =>
        {
            var last = await session.ScalarAsync(
                "SELECT writer FROM job_lanes WHERE store = $store AND lane = $lane", ("$store", store.Value), ("$lane", lane.ToString()));
            isWriter = last as long? == writer;
            foreach (var row in isWriter ? rows : [])
            {
                await row.PutAsync(session, store);
            }
        });
        return isWriter;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<JobRecord>> OpenAsync(StoreId store, JobLane lane, CancellationToken cancellation = default) =>
    [
        .. (await database.ReadAsync(
            $"SELECT payload, NULL FROM jobs WHERE store = $store AND state IN ({Open}) ORDER BY number", JobOf, ("$store", store.Value)))
            .Where(j => JobKinds.LaneOf(j.Kind) == lane),
    ];

    /// <inheritdoc />
    public async Task<JobRecord?> FindAsync(StoreId store, string id, CancellationToken cancellation = default) =>
        (await database.ReadAsync(
            "SELECT payload, result FROM jobs WHERE store = $store AND id = $id", JobOf, ("$store", store.Value),
            ("$id", id))).SingleOrDefault();

    /// <inheritdoc />
    public Task<IReadOnlyList<JobRecord>> ListAsync(StoreId store, int limit, CancellationToken cancellation = default) =>
        database.ReadAsync(
            "SELECT payload, NULL FROM jobs WHERE store = $store ORDER BY number DESC LIMIT $limit", JobOf, ("$store", store.Value),
            ("$limit", limit));

    /// <inheritdoc />
    public async Task<JobRecord?> FindLastAsync(StoreId store, JobKind kind, string subject, CancellationToken cancellation = default) =>
        (await database.ReadAsync(
            "SELECT payload, result FROM jobs WHERE store = $store AND kind = $kind AND subject = $subject AND state = $state "
                + "ORDER BY number DESC LIMIT 1",
            JobOf,
            ("$store", store.Value), ("$kind", kind.ToString()), ("$subject", subject),
            ("$state", nameof(JobState.Succeeded)))).SingleOrDefault();

    private static string ScopeOf(StoreId store) => $"jobs/{store}";

    private static JobRecord JobOf(DbDataReader row)
    {
        var job = JsonSerializer.Deserialize((byte[])row.GetValue(0), ValuationJson.Default.JobRecord)!;
        return row.IsDBNull(1)
            ? job
            : job with { Result = JsonSerializer.Deserialize((byte[])row.GetValue(1), ValuationJson.Default.JsonElement) };
    }

    // Made before the transaction, which others wait for.
    private sealed class JobRow(JobRecord job)
    {
        private readonly byte[] _payload = JsonSerializer.SerializeToUtf8Bytes(job with { Result = null }, ValuationJson.Default.JobRecord);
        private readonly byte[]? _result =
            job.Result is { } r ? JsonSerializer.SerializeToUtf8Bytes(r, ValuationJson.Default.JsonElement) : null;

        public async ValueTask PutAsync(ISqlSession session, StoreId store)
        {
            await session.RunAsync(
                "INSERT INTO jobs (store, id, kind, subject, state, payload, result) "
                    + "VALUES ($store, $id, $kind, $subject, $state, $payload, $result) "
                    + "ON CONFLICT (store, id) DO UPDATE SET "
                    + $"state = excluded.state, payload = excluded.payload, result = excluded.result WHERE jobs.state IN ({Open})",
                ("$store", store.Value), ("$id", job.Id), ("$kind", job.Kind.ToString()), ("$subject", job.Subject),
                ("$state", job.State.ToString()), ("$payload", _payload), ("$result", _result));
            await session.RunAsync(
                $"DELETE FROM jobs WHERE store = $store AND state NOT IN ({Open}) AND number <= ("
                    + $"SELECT number FROM jobs WHERE store = $store AND state NOT IN ({Open}) ORDER BY number DESC LIMIT 1 OFFSET $kept)",
                ("$store", store.Value), ("$kept", IJobRecords.Kept));
        }
    }
}
