using System.Data.Common;
using System.Text.Json;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Storage.Experiments;

namespace ClvOrleans.Storage.Sql;

/// <inheritdoc cref="IExperiments" />
public sealed class SqlExperiments(ISqlDatabase database) : IExperiments
{
    /// <inheritdoc />
    public async Task<bool> TryPutAsync(StoreId store, ExperimentRecord experiment, CancellationToken cancellation = default)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(experiment, ExperimentJson.Default.ExperimentRecord);
        var kept = 0;
        await database.WriteAsync(ScopeOf(store), async session => kept = await session.RunAsync(
            experiment.Revision == 1
                ? "INSERT INTO experiments (store, id, revision, payload) VALUES ($store, $id, $revision, $payload) ON CONFLICT DO NOTHING"
                : "UPDATE experiments SET revision = $revision, payload = $payload "
                    + "WHERE store = $store AND id = $id AND revision = $revision - 1",
            ("$store", store.Value), ("$id", experiment.Definition.Id.Value), ("$revision", experiment.Revision), ("$payload", payload)));
        return kept > 0;
    }

    /// <inheritdoc />
    public async Task<ExperimentRecord?> FindAsync(StoreId store, ExperimentId id, CancellationToken cancellation = default) =>
        (await database.ReadAsync(
            "SELECT payload FROM experiments WHERE store = $store AND id = $id", RecordOf, ("$store", store.Value), ("$id", id.Value)))
        .SingleOrDefault();

    /// <inheritdoc />
    public Task<IReadOnlyList<ExperimentRecord>> ListAsync(StoreId store, CancellationToken cancellation = default) => database.ReadAsync(
        "SELECT payload FROM experiments WHERE store = $store ORDER BY id", RecordOf, ("$store", store.Value));

    /// <inheritdoc />
    public Task PutEffectAsync(StoreId store, PolicyId policy, PolicyEffectReading reading, CancellationToken cancellation = default)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(reading, ExperimentJson.Default.PolicyEffectReading);
        return database.WriteAsync(ScopeOf(store), async session => await session.RunAsync(
            "INSERT INTO policy_effects (store, policy, at, payload) VALUES ($store, $policy, $at, $payload) "
                + "ON CONFLICT (store, policy) DO UPDATE SET at = excluded.at, payload = excluded.payload "
                + "WHERE policy_effects.at <= excluded.at",
            ("$store", store.Value), ("$policy", policy.Value), ("$at", reading.At.ToUnixTimeMilliseconds()), ("$payload", payload)));
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<PolicyEffectReading>> EffectsAsync(StoreId store, CancellationToken cancellation = default) =>
        database.ReadAsync(
            "SELECT payload FROM policy_effects WHERE store = $store ORDER BY policy",
            row => JsonSerializer.Deserialize((byte[])row.GetValue(0), ExperimentJson.Default.PolicyEffectReading)!,
            ("$store", store.Value));

    private static string ScopeOf(StoreId store) => $"experiments/{store}";

    private static ExperimentRecord RecordOf(DbDataReader row) =>
        JsonSerializer.Deserialize((byte[])row.GetValue(0), ExperimentJson.Default.ExperimentRecord)!;
}
