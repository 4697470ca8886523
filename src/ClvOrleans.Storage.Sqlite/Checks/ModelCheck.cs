using System.Text.Json;
using ClvOrleans.Domain;
using ClvOrleans.Valuation;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Reviews;

namespace ClvOrleans.Storage.Sqlite.Checks;

/// <summary>Each model can be opened, each champion is there, and trainings and the market calendar can be read.</summary>
internal sealed class ModelCheck : IStoreCheck
{
    public string Name => "models, trainings and market calendar";

    public IEnumerable<string> Run(CheckedStore store)
    {
        foreach (var row in store.Rows("SELECT store, id, payload, body FROM models ORDER BY number"))
        {
            if (Try(() => ValueModels.Open(JsonSerializer.Deserialize((byte[])row.GetValue(2), ValuationJson.Default.ModelVersion)! with
            {
                Body = row.IsDBNull(3) ? [] : (byte[])row.GetValue(3),
            })) is { } error)
            {
                yield return $"{row.GetString(0)}: model {row.GetString(1)} cannot be opened: {error}";
            }
        }

        foreach (var row in store.Rows(
            "SELECT store, generation, model FROM champions c WHERE model <> $prior AND NOT EXISTS (SELECT 1 FROM models m WHERE m.store "
                + "= c.store AND m.id = c.model)",
            ("$prior", PriorModel.Version.Id)))
        {
            yield return $"{row.GetString(0)}: the champion of generation {row.GetInt64(1)} is {row.GetString(2)}, which is not there.";
        }

        foreach (var row in store.Rows("SELECT store, number, payload FROM trainings"))
        {
            if (Try(() => JsonSerializer.Deserialize((byte[])row.GetValue(2), ValuationJson.Default.TrainingRecord)) is { } error)
            {
                yield return $"{row.GetString(0)}: training {row.GetInt64(1)} cannot be read: {error}";
            }
        }

        foreach (var row in store.Rows("SELECT store, training, body FROM review_scorers"))
        {
            if (Try(() => ReviewScorer.Open((byte[])row.GetValue(2))) is { } error)
            {
                yield return $"{row.GetString(0)}: the scorer of reviews of training {row.GetInt64(1)} cannot be opened: {error}";
            }
        }

        foreach (var row in store.Rows("SELECT store, id, payload FROM market_entries"))
        {
            if (Try(() => JsonSerializer.Deserialize((byte[])row.GetValue(2), DomainJson.Default.MarketEntry)) is { } error)
            {
                yield return $"{row.GetString(0)}: market entry {row.GetString(1)} cannot be read: {error}";
            }
        }
    }

    private static string? Try(Func<object?> read)
    {
        try
        {
            return read() is null ? "it is empty." : null;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException or InvalidDataException
            or InvalidCastException or FormatException)
        {
            return e.Message.ReplaceLineEndings(" ");
        }
    }
}
