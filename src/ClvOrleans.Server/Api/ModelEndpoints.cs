using System.ComponentModel;
using ClvOrleans.Grains.Estimates;
using ClvOrleans.Grains.Market;
using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Estimates;
using ClvOrleans.Model.Journal;
using ClvOrleans.Model.Lifetime;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Server.Hosting;
using ClvOrleans.Training;

namespace ClvOrleans.Server.Api;

/// <summary>Training, and the models that came of it.</summary>
internal static class ModelEndpoints
{
    private static readonly SemaphoreSlim Training = new(1);

    public static void MapModels(this IEndpointRouteBuilder api)
    {
        api.MapGet("/models", async (OneStore store, IModelRegistry registry) =>
            {
                var champion = await registry.FindChampionAsync(store.Settings.Id);
                return new ModelList(
                    champion?.Version.Id ?? PriorModel.Version.Id, champion?.Generation ?? 0, await registry.ListAsync(store.Settings.Id));
            })
            .Answers<ModelList>(400).WithTags("Models").WithSummary("All model versions")
            .WithDescription("Parameters, log-likelihood and the data that each has seen, and which one is in force. Spend parameters are in minor units.");
        api.MapGet("/models/{id}", FindAsync).Answers<ModelDetail>(400, 404).WithTags("Models").WithSummary("One model version")
            .WithDescription("prior is the one that stands in before the first training.");
        api.MapPost("/models/train", TrainAsync).Answers<ModelList>(400, 409, 422).WithTags("Models").WithSummary("Train and promote")
            .WithDescription("Fits every family to all buyers and puts the likeliest in force. One training runs at a time; with too little data nothing changes.");
        api.MapPost("/models/{id}/promote", PromoteAsync).Answers<ChampionReply>(400, 404).WithTags("Models").WithSummary("Put a model in force")
            .WithDescription("All estimates are renewed with it. Promoting the champion changes nothing.");
    }

    private static async Task<IResult> FindAsync(string id, OneStore store, IModelRegistry registry)
    {
        var champion = (await registry.FindChampionAsync(store.Settings.Id))?.Version.Id ?? PriorModel.Version.Id;
        var version = id == PriorModel.Version.Id
            ? PriorModel.Version
            : (await registry.ListAsync(store.Settings.Id)).FirstOrDefault(v => v.Id == id);
        return version is null
            ? ApiErrors.Problem(StatusCodes.Status404NotFound, "unknown_model", $"There is no model '{id}'.")
            : Results.Ok(new ModelDetail(version.Id == champion, version));
    }

    private static async Task<IResult> TrainAsync(
        [Description("Last local day of the data to be seen, such as 2026-01-31; today at the latest. Default the last purchase.")]
        string? until,
        OneStore store, ICustomerHeads heads, IModelRegistry registry, ChampionHost champions, MarketCache markets, TimeProvider time,
        CancellationToken cancellation)
    {
        var last = QueryText.Day("until", until, store.Settings.DayOf(time.GetUtcNow()));
        if (!await Training.WaitAsync(0, cancellation))
        {
            return ApiErrors.Problem(StatusCodes.Status409Conflict, "training_runs", "Another training is running; ask again when it has ended.");
        }

        try
        {
            var customers = new List<CustomerSummary>();
            await foreach (var summary in heads.SummariesAsync(store.Settings.Id, cancellation))
            {
                customers.Add(summary);
            }

            last ??= customers.Count == 0 ? default : customers.Max(c => c.PurchaseDays[^1].Day);
            var number = (await registry.ListAsync(store.Settings.Id, cancellation)).Select(v => v.TrainedAt).Distinct().Count() + 1;
            var market = await markets.OfAsync(store.Settings.Id);
            var versions = await Task.Run(() => ModelTrainer.Train(customers, last.Value, time.GetUtcNow(), number, market), cancellation);
            foreach (var version in versions)
            {
                await registry.AddAsync(store.Settings.Id, version, cancellation);
            }

            var champion = await registry.PromoteAsync(store.Settings.Id, versions[0].Id, time.GetUtcNow(), cancellation);
            await champions.RefreshAsync(cancellation);
            return Results.Ok(new ModelList(champion.Version.Id, champion.Generation, versions));
        }
        catch (FitException e)
        {
            return ApiErrors.Problem(StatusCodes.Status422UnprocessableEntity, "not_fitted", $"No model was trained: {e.Message}.");
        }
        finally
        {
            Training.Release();
        }
    }

    private static async Task<IResult> PromoteAsync(string id, OneStore store, IModelRegistry registry, ChampionHost champions, TimeProvider time)
    {
        try
        {
            var champion = await registry.FindChampionAsync(store.Settings.Id);
            if (champion?.Version.Id != id)
            {
                champion = await registry.PromoteAsync(store.Settings.Id, id, time.GetUtcNow());
                await champions.RefreshAsync(CancellationToken.None);
            }

            return Results.Ok(new ChampionReply(champion.Version.Id, champion.Generation));
        }
        catch (KeyNotFoundException)
        {
            return ApiErrors.Problem(StatusCodes.Status404NotFound, "unknown_model", $"There is no model '{id}'.");
        }
    }
}
