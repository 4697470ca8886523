using System.ComponentModel;
using ClvOrleans.Model.Journal;
using ClvOrleans.Model.Trainings;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Server.Hosting;
using ClvOrleans.Server.Trainings;

namespace ClvOrleans.Server.Api;

/// <summary>Training: asking for it, watching it, ending it.</summary>
internal static class TrainingEndpoints
{
    public static void MapTrainings(this IEndpointRouteBuilder api)
    {
        api.MapPost("/models/train", TrainAsync).Answers<ModelList>(400, 409, 422).WithTags("Models").WithSummary("Train and promote")
            .WithDescription(
                "Fits every buy-till-you-die family to all buyers, learns a pool above the best, and puts it in force. One training runs at a time; with too little data nothing "
                + "changes. It goes on when the caller goes away.");
        api.MapGet("/models/training", CurrentAsync).Answers<TrainingRecord>(400, 404).WithTags("Models").WithSummary("The training under way")
            .WithDescription("Its stage and its log as it grows; where none runs, the last one.");
        api.MapDelete("/models/training", CancelAsync).Answers<TrainingRecord>(400, 404, 409).WithTags("Models").WithSummary("Cancel the training")
            .WithDescription("Answers when it has ended, between two models at the latest. Nothing changes.");
        api.MapGet("/models/trainings", async (
                [Description("How many, 1 to 1,000. Default 20.")] int? limit, OneStore store, IModelRegistry registry) =>
                new TrainingList(await registry.TrainingsAsync(store.Settings.Id, QueryText.Count("limit", limit, 20, 1, 1_000))))
            .Answers<TrainingList>(400).WithTags("Models").WithSummary("Trainings that have ended")
            .WithDescription("Also those that were refused, cancelled or skipped, with their logs.");
    }

    private static async Task<IResult> TrainAsync(
        [Description("Last local day of the data to be seen, such as 2026-01-31; today at the latest. Default the last purchase.")]
        string? until,
        OneStore store, TrainingJob job, IModelRegistry registry, TimeProvider time, CancellationToken cancellation)
    {
        var last = QueryText.Day("until", until, store.Settings.DayOf(time.GetUtcNow()));
        if (await job.BeginAsync(last, TrainingCause.Asked) is not { } run)
        {
            return ApiErrors.Problem(StatusCodes.Status409Conflict, "training_runs", "Another training is running; ask again when it has ended.");
        }

        var result = await run.Completion.WaitAsync(cancellation);
        if (result.Refusal is { } refusal)
        {
            return ApiErrors.Problem(StatusCodes.Status422UnprocessableEntity, "not_fitted", $"No model was trained: {refusal}.");
        }

        return result.Record.Outcome == TrainingOutcome.Cancelled
            ? ApiErrors.Problem(StatusCodes.Status409Conflict, "training_cancelled", "The training was cancelled; nothing changed.")
            : Results.Ok(new ModelList(
                result.Record.Champion!, (await registry.FindChampionAsync(store.Settings.Id, cancellation))!.Generation, result.Versions));
    }

    private static async Task<IResult> CurrentAsync(OneStore store, TrainingJob job, IModelRegistry registry) =>
        job.Running is { } run
            ? Results.Ok(run.Record)
            : await registry.TrainingsAsync(store.Settings.Id, 1) is [var last]
            ? Results.Ok(last)
            : ApiErrors.Problem(StatusCodes.Status404NotFound, "no_training", "Nothing has been trained yet.");

    private static async Task<IResult> CancelAsync(TrainingJob job)
    {
        if (job.Running is not { } run)
        {
            return ApiErrors.Problem(StatusCodes.Status404NotFound, "no_training", "No training is running.");
        }

        return run.TryCancel()
            ? Results.Ok((await run.Completion).Record)
            : ApiErrors.Problem(StatusCodes.Status409Conflict, "training_ends", "It is too late: the training has ended.");
    }
}
