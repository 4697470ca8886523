using System.Globalization;
using ClvOrleans.Contracts;
using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Journal;
using ClvOrleans.Model.Lifetime;
using ClvOrleans.Model.Market;
using ClvOrleans.Server.Hosting;
using ClvOrleans.Training;

namespace ClvOrleans.Server.Api;

/// <summary>Training, models, the market calendar and health.</summary>
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
    }

    private static async Task<IResult> TrainAsync(
        string? until, OneStore store, ICustomerHeads heads, IModelRegistry registry, ChampionHost champions, TimeProvider time, CancellationToken cancellation)
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
            var versions = await Task.Run(() => ModelTrainer.Train(customers, last, time.GetUtcNow(), number), cancellation);
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
}
