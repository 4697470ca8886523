using ClvOrleans.Grains.Jobs;
using ClvOrleans.Grains.Models;
using ClvOrleans.Grains.Trainings;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.Jobs;
using ClvOrleans.Storage.Models;
using ClvOrleans.Valuation.Jobs;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Server.Api;

/// <summary>The models that were trained, and which of them is the champion.</summary>
internal static class ModelEndpoints
{
    public static void MapModels(this IEndpointRouteBuilder api)
    {
        api.MapGet("/models", async (OneStore store, IChampions champions, IModelRegistry registry) =>
            {
                var champion = champions.Find(store.Settings.Id);
                return new ModelList(
                    champion.Model.Version.Id, champion.Generation, await registry.ListAsync(store.Settings.Id), champion.Problem);
            })
            .Answers<ModelList>(400).WithTags("Models").WithSummary("All model versions")
            .WithDescription("Parameters, log-likelihood and the data that each has seen, and which one is the champion. Spend parameters "
                + "are in minor units.");
        api.MapGet("/models/{id}", FindAsync).Answers<ModelDetail>(400, 404).WithTags("Models").WithSummary("One model version")
            .WithDescription("prior is the one that stands in before the first training.");
        api.MapGet("/models/history", HistoryAsync).Answers<ModelHistory>(400).WithTags("Models").WithSummary("Changes of champion")
            .WithDescription("Which models were the champion, since when and why.");
        api.MapPost("/models/rollback", RollBackAsync).Answers<ChampionReply>(400, 409)
            .WithTags("Models").WithSummary("Promote the previous champion again")
            .WithDescription("Promotes it under a new generation. Each further call goes one champion back; the last is the prior. "
                + "Scheduled retraining pauses until you start a training.");
        api.MapGet("/models/{id}/drift", LastDriftAsync).Answers<ModelDrift>(400, 404)
            .WithTags("Models").WithSummary("The last drift report of one model version")
            .WithDescription("Last night's report for the champion, or a later one if one was requested.");
        api.MapPost("/models/{id}/drift", DriftAsync).AnswersJob(400, 404, 409).WithTags("Models").WithSummary("Drift of one model version")
            .WithDescription(
                "Begins a job. Population stability of the features since its training, and its monthly predictions next to the actual "
                    + "figures. A training is asked for when a feature's index is above its limit, or the last month's orders or value are "
                    + "off by more than a fifth and by more than chance explains.");
        api.MapPost("/models/{id}/promote", PromoteAsync)
            .Answers<ChampionReply>(400, 404, 409).WithTags("Models").WithSummary("Promote a model")
            .WithDescription("All estimates are recalculated with it. The id prior promotes the built-in prior. Promoting the current "
                + "champion changes nothing.");
    }

    private static async Task<IResult> FindAsync(string id, OneStore store, IModelRegistry registry)
    {
        if (await registry.FindAnyAsync(store.Settings.Id, id) is not { } version)
        {
            return Unknown(id);
        }

        var champion = (await registry.FindChampionAsync(store.Settings.Id))?.Version.Id ?? PriorModel.Version.Id;
        return Results.Ok(new ModelDetail(
            version.Id == champion,
            version,
            [.. (await registry.PromotionsAsync(store.Settings.Id)).Where(p => p.Model == version.Id)],
            (await registry.TrainingsAsync(store.Settings.Id, int.MaxValue)).FirstOrDefault(t => t.Number == version.Training)?.Log ?? []));
    }

    private static async Task<IResult> LastDriftAsync(
        string id, OneStore store, IModelRegistry registry, IJobRecords records, CancellationToken cancellation) =>
        await registry.FindAnyAsync(store.Settings.Id, id, cancellation) is null
            ? Unknown(id)
            : JobEndpoints.Last(await records.FindLastAsync(store.Settings.Id, JobKind.Drift, id, cancellation), $"drift report of '{id}'");

    private static async Task<IResult> DriftAsync(string id, OneStore store, IModelRegistry registry, StoreJobs jobs) =>
        await registry.FindAnyAsync(store.Settings.Id, id) is null
            ? Unknown(id)
            : JobEndpoints.Answer(await jobs.BeginAsync(store.Settings.Id, JobKind.Drift, id, new DriftRequest()));

    private static IResult Unknown(string id) =>
        ApiErrors.Problem(StatusCodes.Status404NotFound, "unknown_model", $"There is no model '{id}'.");

    private static async Task<IResult> HistoryAsync(OneStore store, IModelRegistry registry)
    {
        var promotions = await registry.PromotionsAsync(store.Settings.Id);
        return Results.Ok(new ModelHistory(
            promotions.Count == 0 ? PriorModel.Version.Id : promotions[0].Model, Promotion.Previous(promotions), promotions));
    }

    private static async Task<IResult> RollBackAsync(OneStore store, IModelRegistry registry, ChampionHost champions, TimeProvider time)
    {
        try
        {
            var champion = await registry.RollBackAsync(store.Settings.Id, time.GetUtcNow());
            await champions.RefreshAsync(CancellationToken.None);
            return Results.Ok(new ChampionReply(champion.Version.Id, champion.Generation));
        }
        catch (InvalidOperationException e)
        {
            return ApiErrors.Problem(StatusCodes.Status409Conflict, "nothing_before", e.Message);
        }
    }

    private static async Task<IResult> PromoteAsync(
        string id, OneStore store, IModelRegistry registry, ChampionHost champions, TimeProvider time)
    {
        try
        {
            var champion = await registry.FindChampionAsync(store.Settings.Id);
            if ((champion?.Version ?? PriorModel.Version).Id != id)
            {
                if (await registry.FindAnyAsync(store.Settings.Id, id) is not { } version)
                {
                    return Unknown(id);
                }

                await registry.OpenAsync(store.Settings.Id, version);
                champion = await registry.PromoteAsync(store.Settings.Id, id, time.GetUtcNow());
                await champions.RefreshAsync(CancellationToken.None);
            }

            return Results.Ok(new ChampionReply(id, champion?.Generation ?? 0));
        }
        catch (KeyNotFoundException)
        {
            return Unknown(id);
        }
    }
}
