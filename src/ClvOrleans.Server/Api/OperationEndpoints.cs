using System.Globalization;
using System.Text;
using System.Text.Json;
using ClvOrleans.Contracts;
using ClvOrleans.Grains.Market;
using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Intake;
using ClvOrleans.Model.Journal;
using ClvOrleans.Model.Lifetime;
using ClvOrleans.Model.Market;
using ClvOrleans.Server.Hosting;
using ClvOrleans.Server.Intake;
using ClvOrleans.Training;

namespace ClvOrleans.Server.Api;

/// <summary>Training, models, the market calendar, refused events and health.</summary>
internal static class OperationEndpoints
{
    public static void MapOperations(this WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Ok());
        app.MapGet("/health/ready", () => Results.Ok());
        app.MapGet("/api/models", async (OneStore store, IModelRegistry registry) =>
        {
            var champion = await registry.FindChampionAsync(store.Settings.Id);
            return new { Champion = champion?.Version.Id ?? "prior", Generation = champion?.Generation ?? 0, Models = await registry.ListAsync(store.Settings.Id) };
        });
        app.MapPost("/api/models/train", TrainAsync);
        app.MapPost("/api/models/{id}/promote", PromoteAsync);
        app.MapGet("/api/market", async (OneStore store, IGrainFactory grains) =>
            (await grains.GetMarket(store.Settings.Id).ReadAsync()).Calendar.Entries.Values);
        app.MapPost("/api/market", PutMarketAsync);
        app.MapDelete("/api/market/{id}", async (string id, OneStore store, IGrainFactory grains) =>
            await grains.GetMarket(store.Settings.Id).RemoveAsync(id)
                ? Results.NoContent()
                : ApiErrors.Problem(404, "unknown_entry", $"There is no market entry '{id}'."));
        app.MapGet("/api/dead-letters", async (string? code, long? after, int? limit, OneStore store, IDeadLetters letters) => new
        {
            Open = await letters.CountAsync(store.Settings.Id),
            Letters = (await letters.ListAsync(store.Settings.Id, code, after ?? 0, Math.Clamp(limit ?? 100, 1, 1_000))).Select(l => new
            {
                l.Id,
                l.Source,
                l.ReceivedAt,
                l.MessageId,
                l.Code,
                l.Message,
                Event = Encoding.UTF8.GetString(l.Payload.Span),
                l.ReplayedAt,
            }),
        });
        app.MapPost("/api/dead-letters/{id:long}/replay", ReplayAsync);
    }

    private static async Task<IResult> TrainAsync(
        string? until,
        OneStore store,
        ICustomerHeads heads,
        IModelRegistry registry,
        ChampionHost champions,
        MarketCache markets,
        TimeProvider time,
        CancellationToken cancellation)
    {
        var customers = new List<CustomerSummary>();
        await foreach (var summary in heads.SummariesAsync(store.Settings.Id, cancellation))
        {
            customers.Add(summary);
        }

        var last = customers.Count == 0 ? default : customers.Max(c => c.PurchaseDays[^1].Day);
        if (until is not null && !DateOnly.TryParseExact(until, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out last))
        {
            return ApiErrors.Problem(400, "invalid_until", $"until '{until}' is not a date such as 2026-01-31.");
        }

        try
        {
            var number = (await registry.ListAsync(store.Settings.Id, cancellation)).Select(v => v.TrainedAt).Distinct().Count() + 1;
            var market = await markets.OfAsync(store.Settings.Id);
            var versions = await Task.Run(() => ModelTrainer.Train(customers, last, time.GetUtcNow(), number, market), cancellation);
            foreach (var version in versions)
            {
                await registry.AddAsync(store.Settings.Id, version, cancellation);
            }

            var champion = await registry.PromoteAsync(store.Settings.Id, versions[0].Id, time.GetUtcNow(), cancellation);
            await champions.RefreshAsync(cancellation);
            return Results.Ok(new { Champion = champion.Version.Id, champion.Generation, Models = versions });
        }
        catch (FitException e)
        {
            return ApiErrors.Problem(422, "not_fitted", $"No model was trained: {e.Message}.");
        }
    }

    private static async Task<IResult> PromoteAsync(string id, OneStore store, IModelRegistry registry, ChampionHost champions, TimeProvider time)
    {
        try
        {
            var champion = await registry.PromoteAsync(store.Settings.Id, id, time.GetUtcNow());
            await champions.RefreshAsync(CancellationToken.None);
            return Results.Ok(new { Champion = champion.Version.Id, champion.Generation });
        }
        catch (KeyNotFoundException e)
        {
            return ApiErrors.Problem(404, "unknown_model", e.Message);
        }
    }

    private static async Task<IResult> PutMarketAsync(MarketEntry[] entries, OneStore store, IGrainFactory grains)
    {
        for (var i = 0; i < entries.Length; i++)
        {
            if (entries[i] is not { Id.Length: > 0 and <= 100, Strength: >= 0 and <= 1 } entry || entry.To < entry.From)
            {
                return ApiErrors.Problem(400, "invalid_entry", $"[{i}]: id of 1 to 100 characters, from not after to, strength 0 to 1 are needed.");
            }
        }

        await grains.GetMarket(store.Settings.Id).PutAsync(new PutMarket([.. entries]));
        return Results.NoContent();
    }

    private static async Task<IResult> ReplayAsync(
        long id, OneStore store, IDeadLetters letters, Tracking tracking, TimeProvider time, CancellationToken cancellation)
    {
        var letter = (await letters.ListAsync(store.Settings.Id, null, id - 1, 1, cancellation)).FirstOrDefault(l => l.Id == id);
        if (letter is null)
        {
            return ApiErrors.Problem(404, "unknown_letter", $"There is no dead letter {id}.");
        }

        using var document = JsonDocument.Parse(letter.Payload, new JsonDocumentOptions { MaxDepth = 1_000 });
        var batch = new ReceivedBatch(null, default, default, [document.RootElement], null);
        var verdict = await tracking.AcceptAsync(batch, letter.Source, cancellation, keepRefused: false);
        if (verdict.Quarantined.Count == 0)
        {
            await letters.MarkReplayedAsync(store.Settings.Id, id, time.GetUtcNow(), cancellation);
        }

        return Results.Ok(verdict);
    }
}
