using System.ComponentModel;
using ClvOrleans.Contracts.Jobs;
using ClvOrleans.Grains.Jobs;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Stores;
using ClvOrleans.Valuation.Jobs;

namespace ClvOrleans.Server.Api;

/// <summary>What runs for minutes: watching it, ending it, its result.</summary>
internal static class JobEndpoints
{
    public static void MapJobs(this IEndpointRouteBuilder api)
    {
        api.MapGet("/jobs", async (
                [Description("How many, 1 to 200. Default 20.")] int? limit, OneStore store, StoreJobs jobs,
                CancellationToken cancellation) =>
                new JobList(await jobs.ListAsync(store.Settings.Id, QueryText.Count("limit", limit, 20, 1, 200), cancellation)))
            .Answers<JobList>(400).WithTags("Jobs").WithSummary("The last jobs")
            .WithDescription(
                "Trainings, backtests, drift reports and imports, under way and ended, the latest first, without their results.");
        api.MapGet("/jobs/{id}", async (string id, OneStore store, StoreJobs jobs, CancellationToken cancellation) =>
                await jobs.FindAsync(store.Settings.Id, id, cancellation) is { } job ? Results.Ok(job) : Unknown(id))
            .Answers<JobRecord>(400, 404).WithTags("Jobs").WithSummary("One job")
            .WithDescription("The job's state, stage and progress. Once it has ended, its result, or the reason why there is none.");
        api.MapDelete("/jobs/{id}", CancelAsync).Answers<JobRecord>(400, 404, 409).WithTags("Jobs").WithSummary("Cancel a job")
            .WithDescription(
                "Responds once the training has stopped, at the latest before the next model is fitted. Nothing changes, but what an "
                    + "import recorded stays.");
    }

    /// <summary>202 with the address of a job that has begun; 409 that names the one in its way.</summary>
    public static IResult Answer(BeginJobReply reply) => reply.IsBusy
        ? ApiErrors.Problem(
            StatusCodes.Status409Conflict, "job_runs",
            $"{reply.Job.Id} is under way ({reply.Job.Stage}); ask again when it has ended, or cancel it: DELETE "
                + $"/api/v1/jobs/{reply.Job.Id}.")
        : Results.Accepted($"/api/v1/jobs/{reply.Job.Id}", reply.Job);

    /// <summary>The endpoint answers 202 with a job.</summary>
    public static RouteHandlerBuilder AnswersJob(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> problems)
    {
        endpoint.Produces<JobRecord>(StatusCodes.Status202Accepted);
        foreach (var status in problems)
        {
            endpoint.ProducesProblem(status);
        }

        return endpoint;
    }

    /// <summary>The result that was found last, else 404.</summary>
    public static IResult Last(JobRecord? job, string what) => job?.Result is { } result
        ? Results.Ok(result)
        : ApiErrors.Problem(StatusCodes.Status404NotFound, "no_result", $"There is no {what} yet; ask for one with POST at this address.");

    private static async Task<IResult> CancelAsync(string id, OneStore store, StoreJobs jobs, CancellationToken cancellation) =>
        await jobs.CancelAsync(store.Settings.Id, id, cancellation) switch
        {
            (CancelStatus.Cancelled, { State: JobState.Cancelled } job) => Results.Ok(job),
            (CancelStatus.Unknown, _) => Unknown(id),
            _ => TooLate(id),
        };

    private static IResult TooLate(string id) =>
        ApiErrors.Problem(StatusCodes.Status409Conflict, "job_ended", $"It is too late: {id} has ended.");

    private static IResult Unknown(string id) =>
        ApiErrors.Problem(StatusCodes.Status404NotFound, "unknown_job", $"There is no job '{id}'.");
}
