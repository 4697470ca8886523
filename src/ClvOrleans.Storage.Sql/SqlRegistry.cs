using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Models;
using ClvOrleans.Valuation;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Trainings;

namespace ClvOrleans.Storage.Sql;

/// <inheritdoc cref="IModelRegistry" />
public sealed class SqlRegistry(ISqlDatabase database) : IModelRegistry
{
    private const string ReviewScorers = "review_scorers";
    private const string RecommendationModels = "recommendation_models";
    private const string History =
        "SELECT generation, model, promoted_at, cause FROM champions WHERE store = $store ORDER BY generation DESC";

    /// <inheritdoc />
    public Task AddAsync(StoreId store, ModelVersion version, CancellationToken cancellation = default)
    {
        var row = new ModelRow(version);
        return database.WriteAsync(ScopeOf(store), session => row.AddAsync(session, store));
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<ModelVersion>> ListAsync(StoreId store, CancellationToken cancellation = default)
    {
        const string Newest = "SELECT payload FROM models WHERE store = $store ORDER BY number DESC";
        return [.. (await database.ReadAsync(Newest, row => FindVersion(row, 0), ("$store", store.Value))).OfType<ModelVersion>()];
    }

    /// <inheritdoc />
    public async Task<ModelVersion?> FindAsync(StoreId store, string id, CancellationToken cancellation = default)
    {
        return (await database.ReadAsync(
            "SELECT payload, body FROM models WHERE store = $store AND id = $id", Read, ("$store", store.Value),
            ("$id", id))).SingleOrDefault();

        ModelVersion Read(DbDataReader row)
        {
            var version = FindVersion(row, 0) ?? throw new UnreadableModelException(store, id, "what is kept of it is not a version");
            return version with { Body = BodyOf(row, 1) };
        }
    }

    /// <inheritdoc />
    public async Task<Champion> PromoteAsync(StoreId store, string id, DateTimeOffset at, CancellationToken cancellation = default)
    {
        await database.WriteAsync(ScopeOf(store), session => PromoteAsync(session, store, id, at, PromotionCause.Choice));
        return (await FindChampionAsync(store, cancellation))!;
    }

    /// <inheritdoc />
    public async Task<bool> AddFirstAsync(StoreId store, ModelVersion version, DateTimeOffset at, CancellationToken cancellation = default)
    {
        var (row, isAdded) = (new ModelRow(version), false);
        await database.WriteAsync(ScopeOf(store), async session =>
        {
            isAdded = await session.ScalarAsync(
                "SELECT 1 FROM champions WHERE store = $store AND cause NOT IN ($first, $settings) LIMIT 1",
                ("$store", store.Value), ("$first", (int)PromotionCause.First), ("$settings", (int)PromotionCause.Settings)) is null;
            if (isAdded)
            {
                await row.AddAsync(session, store);
                await PromoteAsync(session, store, version.Id, at, PromotionCause.First);
            }
        });
        return isAdded;
    }

    /// <inheritdoc />
    public async Task<Champion> RollBackAsync(StoreId store, DateTimeOffset at, CancellationToken cancellation = default)
    {
        await database.WriteAsync(ScopeOf(store), async session =>
        {
            var previous = Promotion.Previous(await session.ReadAsync(History, PromotionOf, ("$store", store.Value)));
            await PromoteAsync(
                session, store, previous ?? throw new InvalidOperationException("There is no previous champion."), at,
                PromotionCause.RollBack);
        });
        return (await FindChampionAsync(store, cancellation))!;
    }

    /// <inheritdoc />
    public async Task<Champion?> FindChampionAsync(StoreId store, CancellationToken cancellation = default)
    {
        await using var session = await database.OpenAsync(cancellation);
        return await session.StreamAsync(
            "SELECT c.generation, c.model, m.payload FROM champions c LEFT JOIN models m ON m.store = c.store AND m.id = c.model "
                + "WHERE c.store = $store ORDER BY c.generation DESC",
            row => (row.GetString(1) == PriorModel.Version.Id ? PriorModel.Version : FindVersion(row, 2)) is { } version
                ? new Champion(version, row.GetInt32(0))
                : null,
            ("$store", store.Value)).FirstOrDefaultAsync(c => c is not null, cancellation);
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<Promotion>> PromotionsAsync(StoreId store, CancellationToken cancellation = default) =>
        database.ReadAsync(History, PromotionOf, ("$store", store.Value));

    /// <inheritdoc />
    public Task AddTrainingAsync(
        StoreId store, TrainingRecord training, IReadOnlyCollection<ModelVersion> versions, CancellationToken cancellation = default)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(training, ValuationJson.Default.TrainingRecord);
        (string Table, ReadOnlyMemory<byte> Body)[] beside =
            [(ReviewScorers, training.ReviewScorer), (RecommendationModels, training.RecommendationModel)];
        var rows = versions.Select(v => new ModelRow(v)).ToArray();
        return database.WriteAsync(ScopeOf(store), async session =>
        {
            var added = await session.RunAsync(
                "INSERT INTO trainings (store, number, payload) VALUES ($store, $number, $payload) ON CONFLICT DO NOTHING",
                ("$store", store.Value), ("$number", training.Number), ("$payload", payload));
            if (added == 0)
            {
                throw new InvalidOperationException($"The store already has a training {training.Number}.");
            }

            foreach (var (table, body) in beside.Where(b => !b.Body.IsEmpty))
            {
                await session.RunAsync(
                    $"INSERT INTO {table} (store, training, body) VALUES ($store, $number, $body)",
                    ("$store", store.Value), ("$number", training.Number), ("$body", body.ToArray()));
            }

            foreach (var row in rows)
            {
                await row.AddAsync(session, store);
            }

            if (training.Champion is { } champion)
            {
                await PromoteAsync(session, store, champion, training.EndedAt ?? training.StartedAt, PromotionCause.Training);
            }
        });
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<TrainingRecord>> TrainingsAsync(
        StoreId store, int limit, CancellationToken cancellation = default) => database.ReadAsync(
        "SELECT payload FROM trainings WHERE store = $store ORDER BY number DESC LIMIT $limit",
        row => JsonSerializer.Deserialize((byte[])row.GetValue(0), ValuationJson.Default.TrainingRecord)!,
        ("$store", store.Value), ("$limit", limit));

    /// <inheritdoc />
    public Task<ReadOnlyMemory<byte>> FindReviewScorerAsync(StoreId store, int training, CancellationToken cancellation = default) =>
        BesideAsync(ReviewScorers, store, training);

    /// <inheritdoc />
    public Task<ReadOnlyMemory<byte>> FindRecommendationModelAsync(
        StoreId store, int training, CancellationToken cancellation = default) => BesideAsync(RecommendationModels, store, training);

    /// <inheritdoc />
    public async Task<int> PruneRecommendationModelsAsync(
        StoreId store, IReadOnlyCollection<int> kept, CancellationToken cancellation = default)
    {
        if (kept.Count == 0)
        {
            return 0;
        }

        var removed = 0;
        var numbers = string.Join(", ", kept.Select(n => n.ToString(CultureInfo.InvariantCulture)));
        await database.WriteAsync(ScopeOf(store), async session => removed = await session.RunAsync(
            $"DELETE FROM {RecommendationModels} WHERE store = $store AND training < $last AND training NOT IN ({numbers})",
            ("$store", store.Value), ("$last", kept.Max())));
        return removed;
    }

    // What a training learned, kept in a table of its own.
    private async Task<ReadOnlyMemory<byte>> BesideAsync(string table, StoreId store, int training) => (await database.ReadAsync(
        $"SELECT body FROM {table} WHERE store = $store AND training = $number", row => BodyOf(row, 0),
        ("$store", store.Value), ("$number", training))).SingleOrDefault();

    private static string ScopeOf(StoreId store) => $"models/{store}";

    private static async ValueTask PromoteAsync(ISqlSession session, StoreId store, string id, DateTimeOffset at, PromotionCause cause)
    {
        var promoted = await session.RunAsync(
            "INSERT INTO champions (store, generation, model, promoted_at, cause) SELECT CAST($store AS TEXT), "
                + "(SELECT COALESCE(max(generation), 0) + 1 FROM champions WHERE store = $store), CAST($id AS TEXT), $at, $cause "
                + "WHERE $id = $prior OR EXISTS (SELECT 1 FROM models WHERE store = $store AND id = $id)",
            ("$store", store.Value), ("$id", id), ("$at", at.ToUnixTimeMilliseconds()), ("$cause", (int)cause),
            ("$prior", PriorModel.Version.Id));
        if (promoted == 0)
        {
            throw new KeyNotFoundException($"The store has no model '{id}'.");
        }
    }

    private static ModelVersion? FindVersion(DbDataReader row, int column)
    {
        try
        {
            return row.IsDBNull(column)
                ? null
                : JsonSerializer.Deserialize((byte[])row.GetValue(column), ValuationJson.Default.ModelVersion);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidCastException)
        {
            return null;
        }
    }

    private static byte[] BodyOf(DbDataReader row, int column) => row.IsDBNull(column) ? [] : (byte[])row.GetValue(column);

    private static Promotion PromotionOf(DbDataReader row) => new(
        row.GetInt32(0), row.GetString(1), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)), (PromotionCause)row.GetInt32(3));
}
