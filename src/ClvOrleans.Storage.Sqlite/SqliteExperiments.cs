using System.Text.Json;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Storage.Experiments;
using Microsoft.Data.Sqlite;

namespace ClvOrleans.Storage.Sqlite;

/// <inheritdoc cref="IExperiments" />
public sealed class SqliteExperiments(SqliteDatabase database, SqliteWriter writer) : IExperiments
{
    /// <inheritdoc />
    public async Task<bool> TryPutAsync(StoreId store, ExperimentRecord experiment, CancellationToken cancellation = default)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(experiment, ExperimentJson.Default.ExperimentRecord);
        var kept = 0;
        await writer.WriteAsync(session => kept = session.Run(
            experiment.Revision == 1
                ? "INSERT INTO experiments (store, id, revision, payload) VALUES ($store, $id, $revision, $payload) ON CONFLICT DO NOTHING"
                : "UPDATE experiments SET revision = $revision, payload = $payload "
                    + "WHERE store = $store AND id = $id AND revision = $revision - 1",
            ("$store", store.Value), ("$id", experiment.Definition.Id.Value), ("$revision", experiment.Revision), ("$payload", payload)));
        return kept > 0;
    }

    /// <inheritdoc />
    public Task<ExperimentRecord?> FindAsync(StoreId store, ExperimentId id, CancellationToken cancellation = default)
    {
        using var session = database.Read();
        return Task.FromResult(session.Read(
            "SELECT payload FROM experiments WHERE store = $store AND id = $id", RecordOf, ("$store", store.Value), ("$id", id.Value))
            .SingleOrDefault());
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<ExperimentRecord>> ListAsync(StoreId store, CancellationToken cancellation = default)
    {
        using var session = database.Read();
        return Task.FromResult<IReadOnlyList<ExperimentRecord>>(session.Read(
            "SELECT payload FROM experiments WHERE store = $store ORDER BY id", RecordOf, ("$store", store.Value)));
    }

    /// <inheritdoc />
    public Task PutEffectAsync(StoreId store, PolicyId policy, PolicyEffectReading reading, CancellationToken cancellation = default)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(reading, ExperimentJson.Default.PolicyEffectReading);
        return writer.WriteAsync(session => session.Run(
            "INSERT INTO policy_effects (store, policy, at, payload) VALUES ($store, $policy, $at, $payload) "
                + "ON CONFLICT (store, policy) DO UPDATE SET at = $at, payload = $payload WHERE at <= $at",
            ("$store", store.Value), ("$policy", policy.Value), ("$at", reading.At.ToUnixTimeMilliseconds()), ("$payload", payload)));
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<PolicyEffectReading>> EffectsAsync(StoreId store, CancellationToken cancellation = default)
    {
        using var session = database.Read();
        return Task.FromResult<IReadOnlyList<PolicyEffectReading>>(session.Read(
            "SELECT payload FROM policy_effects WHERE store = $store ORDER BY policy",
            row => JsonSerializer.Deserialize((byte[])row.GetValue(0), ExperimentJson.Default.PolicyEffectReading)!,
            ("$store", store.Value)));
    }

    private static ExperimentRecord RecordOf(SqliteDataReader row) =>
        JsonSerializer.Deserialize((byte[])row.GetValue(0), ExperimentJson.Default.ExperimentRecord)!;
}
