using System.ComponentModel;
using System.Text.Json;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Grains.Jobs;
using ClvOrleans.Grains.Privacy;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Stores;
using ClvOrleans.Valuation.Jobs;

namespace ClvOrleans.Server.Api;

/// <summary>Erasing and suppressing people, in both forms of Segment's regulations.</summary>
internal static class RegulationEndpoints
{
    private const string Tag = "Privacy";
    private const int MostSearched = 200;

    public static void MapRegulations(this IEndpointRouteBuilder api)
    {
        api.MapPost("/regulations", async (
                HttpRequest request, BodyReader bodies, OneStore store, StoreJobs jobs) =>
                await BeginAsync(request, bodies, store, jobs, job => Results.Ok(AnswerOf(store, job))))
            .Accepts<JsonElement>("application/json", "*/*").Answers<RegulationAnswer>(400, 413).WithTags(Tag)
            .WithSummary("Erase or suppress people")
            .WithDescription(
                "Begins a job, in the form of Segment's public API: regulationType DELETE_ONLY, SUPPRESS_WITH_DELETE, SUPPRESS_ONLY or "
                    + $"UNSUPPRESS, subjectType USER_ID, and up to {ErasureRequest.Most:#,##0} subjectIds. It goes on after a crash. The "
                    + "same request while it is under way is the same job.");
        api.MapGet("/regulations", async (
                [Description("How many, 1 to 200. Default 20.")] int? limit, OneStore store, StoreJobs jobs,
                CancellationToken cancellation) =>
                new RegulationList(
                [
                    .. (await jobs.ListAsync(store.Settings.Id, MostSearched, cancellation)).Where(j => j.Kind == JobKind.Erasure)
                        .Take(QueryText.Count("limit", limit, 20, 1, MostSearched)).Select(j => ReplyOf(store, j)),
                ]))
            .Answers<RegulationList>(400).WithTags(Tag).WithSummary("The last requests to erase or suppress people")
            .WithDescription("The latest first, without results.");
        api.MapGet("/regulations/{id}", async (string id, OneStore store, StoreJobs jobs, CancellationToken cancellation) =>
                await jobs.FindAsync(store.Settings.Id, id, cancellation) is { Kind: JobKind.Erasure } job
                    ? Results.Ok(AnswerOf(store, job))
                    : ApiErrors.Problem(StatusCodes.Status404NotFound, "unknown_regulation", $"There is no request '{id}'."))
            .Answers<RegulationAnswer>(400, 404).WithTags(Tag).WithSummary("One request to erase or suppress people")
            .WithDescription("How far it is, and how much it was once it has ended. It never names anybody.");
    }

    /// <summary>The address of Segment's older API.</summary>
    public static void MapConfigRegulations(this IEndpointRouteBuilder app) => app
        .MapPost("/v1beta/workspaces/{workspace}/regulations", async (
            string workspace, HttpRequest request, BodyReader bodies, OneStore store, StoreJobs jobs) =>
            await BeginAsync(request, bodies, store, jobs, job => Results.Ok(new { regulate_id = job.Id })))
        .ExcludeFromDescription();

    private static async Task<IResult> BeginAsync(
        HttpRequest request, BodyReader bodies, OneStore store, StoreJobs jobs, Func<JobRecord, IResult> answer)
    {
        using var body = await bodies.ReadAsync(request, request.HttpContext.RequestAborted);
        try
        {
            var asked = RegulationBody.Read(body.Bytes);
            asked = asked with { Users = [.. asked.Users.Select(store.Settings.KeptId).Distinct(StringComparer.Ordinal)] };
            return answer((await jobs.BeginAsync(store.Settings.Id, JobKind.Erasure, "", asked, waits: true)).Job);
        }
        catch (JsonException e)
        {
            return ApiErrors.Problem(StatusCodes.Status400BadRequest, "invalid_json", e.Message);
        }
        catch (FormatException e)
        {
            return ApiErrors.Problem(StatusCodes.Status400BadRequest, "invalid_regulation", e.Message);
        }
    }

    private static RegulationAnswer AnswerOf(OneStore store, JobRecord job) => new(new RegulationData(job.Id, ReplyOf(store, job)));

    private static RegulationReply ReplyOf(OneStore store, JobRecord job) => new(
        job.Id, store.Settings.Id.Value, StatusOf(job.State), job.StartedAt, job.EndedAt, job.Progress, job.Stage,
        job.Result is { } json && JobJson.Read<ErasureResult>(json) is var result
            ? new RegulationResult(RegulationBody.NameOf(result.Kind), result.Subjects, result.Found, result.Events, result.Texts)
            : null,
        job.Message);

    private static string StatusOf(JobState state) => state switch
    {
        JobState.Waiting => "INITIALIZED",
        JobState.Running => "RUNNING",
        JobState.Succeeded => "FINISHED",
        JobState.Cancelled => "PARTIAL_SUCCESS",
        _ => "FAILED",
    };
}
