using System.ComponentModel;
using ClvOrleans.Contracts.Jobs;
using ClvOrleans.Grains.Jobs;
using ClvOrleans.Grains.Trainings;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.Models;
using ClvOrleans.Valuation.Jobs;
using ClvOrleans.Valuation.Trainings;

namespace ClvOrleans.Server.Api;

/// <summary>Training: asking for it, watching it, ending it.</summary>
internal static class TrainingEndpoints
{
    public static void MapTrainings(this IEndpointRouteBuilder api)
    {
        api.MapPost("/models/train", TrainAsync).AnswersJob(400, 409).WithTags("Models").WithSummary("Train and promote")
            .WithDescription(
                "Begins a job that fits every buy-till-you-die family to all buyers, trains an ensemble on top of the best, and promotes "
                    + "it: its result is the new "
                + "versions. With too little data it is refused, and nothing changes. One job runs at a time. It goes on when the caller "
                + "goes away.");
        api.MapGet("/models/training", CurrentAsync)
            .Answers<TrainingRecord>(400, 404).WithTags("Models").WithSummary("The training under way")
            .WithDescription("The stage and the log so far. If no training is running, those of the last one.");
        api.MapDelete("/models/training", CancelAsync)
            .Answers<TrainingRecord>(400, 404, 409).WithTags("Models").WithSummary("Cancel the training")
            .WithDescription("Responds once the training has stopped, at the latest before the next model is fitted. Nothing changes.");
        api.MapGet("/models/trainings", async (
                [Description("How many, 1 to 1,000. Default 20.")] int? limit, OneStore store, IModelRegistry registry) =>
                new TrainingList(await registry.TrainingsAsync(store.Settings.Id, QueryText.Count("limit", limit, 20, 1, 1_000))))
            .Answers<TrainingList>(400).WithTags("Models").WithSummary("Trainings that have ended")
            .WithDescription("Includes trainings that were refused, cancelled or skipped, each with its log.");
    }

    private static async Task<IResult> TrainAsync(
        [Description("Last local day of the data to be seen, such as 2026-01-31; today at the latest. Default the last purchase.")]
        string? until,
        OneStore store, StoreJobs jobs, TimeProvider time)
    {
        var last = QueryText.Day("until", until, store.Settings.DayOf(time.GetUtcNow()));
        var request = new TrainingRequest(last, TrainingCause.Asked);
        return JobEndpoints.Answer(await jobs.BeginAsync(store.Settings.Id, JobKind.Training, "", request));
    }

    private static async Task<IResult> CurrentAsync(OneStore store, StoreJobs jobs, IModelRegistry registry) =>
        await FindRunningAsync(store, jobs) is { } running
            ? Results.Ok(TrainingJobs.Of(running.Job, running.Log))
            : await registry.TrainingsAsync(store.Settings.Id, 1) is [var last]
            ? Results.Ok(last)
            : ApiErrors.Problem(StatusCodes.Status404NotFound, "no_training", "Nothing has been trained yet.");

    private static async Task<IResult> CancelAsync(OneStore store, StoreJobs jobs, IModelRegistry registry, CancellationToken cancellation)
    {
        if (await FindRunningAsync(store, jobs) is not { } running)
        {
            return ApiErrors.Problem(StatusCodes.Status404NotFound, "no_training", "No training is running.");
        }

        return await jobs.CancelAsync(store.Settings.Id, running.Job.Id, cancellation)
            is (CancelStatus.Cancelled, { State: JobState.Cancelled } job)
            ? Results.Ok(await RecordOfAsync(job, store, registry, cancellation))
            : ApiErrors.Problem(StatusCodes.Status409Conflict, "training_ends", "It is too late: the training has ended.");
    }

    // One that was cancelled before it began to work has left no record.
    private static async Task<TrainingRecord> RecordOfAsync(
        JobRecord job, OneStore store, IModelRegistry registry, CancellationToken cancellation) =>
        (await registry.TrainingsAsync(store.Settings.Id, int.MaxValue, cancellation)).FirstOrDefault(t => t.Number == job.Number)
            ?? TrainingJobs.Of(job, []) with { Outcome = TrainingOutcome.Cancelled, EndedAt = job.EndedAt };

    private static async Task<JobReply?> FindRunningAsync(OneStore store, StoreJobs jobs) =>
        await jobs.FindRunningAsync(store.Settings.Id, JobLane.Models) is { Job.Kind: JobKind.Training } running ? running : null;
}
