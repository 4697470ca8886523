using System.ComponentModel;
using System.Text.Json;
using ClvOrleans.Grains.Experiments;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Stores;
using ClvOrleans.Statistics.Experiments;
using ClvOrleans.Storage.Experiments;
using ClvOrleans.Valuation.Rules;
using ClvOrleans.Valuation.Rules.Syntax;

namespace ClvOrleans.Server.Api;

/// <summary>Defining, running and reading experiments.</summary>
internal static class ExperimentEndpoints
{
    private const string Tag = "Experiments";

    public static void MapExperiments(this IEndpointRouteBuilder api)
    {
        api.MapGet("/experiments", async (OneStore store, IExperiments experiments, CancellationToken cancellation) =>
                Results.Ok((await experiments.ListAsync(store.Settings.Id, cancellation)).Select(ExperimentReply.Of)))
            .Answers<ExperimentReply[]>(400).WithTags(Tag).WithSummary("All experiments, by id");
        api.MapPost("/experiments", DefineAsync).Accepts<Experiment>("application/json", "*/*").Answers<ExperimentReply>(400, 409, 413)
            .WithTags(Tag).WithSummary("Define an experiment, or replace a draft")
            .WithDescription(
                "Says how many units it needs, how long they take to come and what effect can be found, from the store's own history or "
                + "from what the definition assumes. An experiment without power is refused, with a way out.");
        api.MapGet("/experiments/{id}", FindAsync).Answers<ExperimentReply>(400, 404).WithTags(Tag).WithSummary("One experiment");
        api.MapPost("/experiments/{id}/start", (string id, ExperimentChanges changes, CancellationToken cancellation) => AnswerAsync(
                changes.ChangeAsync(id, ExperimentChanges.Start, cancellation)))
            .Answers<ExperimentReply>(400, 404, 409).WithTags(Tag).WithSummary("Begin to expose");
        api.MapPost("/experiments/{id}/stop", (string id, ExperimentChanges changes, CancellationToken cancellation) => AnswerAsync(
                changes.ChangeAsync(id, ExperimentChanges.Stop, cancellation)))
            .Answers<ExperimentReply>(400, 404, 409).WithTags(Tag).WithSummary("Expose nobody any more");
        api.MapPost("/experiments/{id}/split", SplitAsync).Accepts<SplitBody>("application/json", "*/*")
            .Answers<ExperimentReply>(400, 404, 409, 413).WithTags(Tag).WithSummary("Change the shares of the arms")
            .WithDescription("Those who were exposed keep their arm, and are shown apart: only units of one split are compared.");
        api.MapGet("/experiments/{id}/reading", ReadAsync).Answers<ReadingReply>(400, 404).WithTags(Tag)
            .WithSummary("What an experiment says")
            .WithDescription(
                "The sizes of the arms are checked first; below a p-value of .001 there is no comparison. Only those who were exposed and "
                + "whose windows are over are compared.");
        api.MapPost("/experiments/{id}/assignment", AssignAsync).Accepts<AssignmentBody>("application/json", "*/*")
            .Answers<AssignmentReply>(400, 404, 413).WithTags(Tag).WithSummary("The arm of a customer, and that it is shown to them")
            .WithDescription("The same again is the same arm and keeps nothing new, also after a visitor has become a customer.");
    }

    private static async Task<IResult> DefineAsync(
        [Description("Only say what it needs, and keep nothing. Default false.")]
        bool? preview,
        HttpRequest request, BodyReader bodies, OneStore store, IExperiments experiments, ExperimentPlans plans, TimeProvider time,
        CancellationToken cancellation)
    {
        using var body = await bodies.ReadAsync(request, cancellation);
        try
        {
            var definition = ExperimentBody.ReadDefinition(body.Bytes);
            var rule = definition.Audience is { } text ? CustomerRules.For(store.Settings.Currency).Parse(text) : null;
            var (forecast, surrogate) = await plans.MakeAsync(store.Settings.Id, definition, rule, cancellation);
            var known = await experiments.FindAsync(store.Settings.Id, definition.Id, cancellation);
            var record = new ExperimentRecord
            {
                Definition = definition,
                Revision = (known?.Revision ?? 0) + 1,
                Splits = [Allocation.Of(definition.Arms).Ranges],
                Forecast = forecast,
                Surrogate = surrogate,
                DefinedAt = time.GetUtcNow(),
            };
            if (preview == true)
            {
                return Results.Ok(ExperimentReply.Of(record));
            }

            if (forecast.Problem(definition) is { } problem)
            {
                return ApiErrors.Problem(StatusCodes.Status409Conflict, "no_power", problem);
            }

            if (known is { State: not ExperimentState.Draft })
            {
                return ApiErrors.Problem(
                    StatusCodes.Status409Conflict, "experiment_began",
                        $"Experiment '{definition.Id}' has begun: define another under a new id.");
            }

            return await experiments.TryPutAsync(store.Settings.Id, record, cancellation) ? Results.Ok(ExperimentReply.Of(record))
                : Changed(definition.Id);
        }
        catch (JsonException e)
        {
            return ApiErrors.Problem(StatusCodes.Status400BadRequest, "invalid_json", e.Message);
        }
        catch (RuleException e)
        {
            return ApiErrors.Problem(StatusCodes.Status400BadRequest, "invalid_experiment", $"audience: {e.Message}");
        }
        catch (FormatException e)
        {
            return ApiErrors.Problem(StatusCodes.Status400BadRequest, "invalid_experiment", e.Message);
        }
        catch (ExperimentException e)
        {
            return ApiErrors.Problem(StatusCodes.Status409Conflict, "no_history", e.Message);
        }
    }

    private static async Task<IResult> FindAsync(string id, OneStore store, IExperiments experiments, CancellationToken cancellation) =>
        ExperimentId.IsValid(id) && await experiments.FindAsync(store.Settings.Id, new ExperimentId(id), cancellation) is { } record
            ? Results.Ok(ExperimentReply.Of(record))
            : ExperimentChanges.Unknown(id);

    private static async Task<IResult> SplitAsync(
        string id, HttpRequest request, BodyReader bodies, ExperimentChanges changes, CancellationToken cancellation)
    {
        using var body = await bodies.ReadAsync(request, cancellation);
        try
        {
            var arms = ExperimentBody.ReadSplit(body.Bytes);
            return await AnswerAsync(changes.ChangeAsync(id, (record, _) => ExperimentChanges.Split(record, arms), cancellation));
        }
        catch (JsonException e)
        {
            return ApiErrors.Problem(StatusCodes.Status400BadRequest, "invalid_json", e.Message);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            return ApiErrors.Problem(StatusCodes.Status400BadRequest, "invalid_experiment", e.Message);
        }
    }

    private static async Task<IResult> ReadAsync(
        string id, OneStore store, IExperiments experiments, IExposures exposures, TimeProvider time, CancellationToken cancellation)
    {
        if (!ExperimentId.IsValid(id)
            || await experiments.FindAsync(store.Settings.Id, new ExperimentId(id), cancellation) is not { } record)
        {
            return ExperimentChanges.Unknown(id);
        }

        var units = await exposures.ReadAsync(store.Settings.Id, Exposure.SubjectOf(record.Definition.Id), cancellation)
            .ToListAsync(cancellation);
        var reading = ExperimentReader.Read(record, units, store.Settings.DayOf(time.GetUtcNow()), store.Settings);
        return Results.Ok(new ReadingReply
        {
            AsOf = reading.Today,
            State = record.State,
            Currency = store.Settings.Currency.Code,
            Arms = reading.Arms,
            InTwoArms = reading.InTwoArms,
            OfEarlierSplits = reading.OfEarlierSplits,
            SampleRatioPValue = reading.SampleRatio?.PValue,
            IsComplete = reading.IsComplete,
            Comparisons = [.. reading.Comparisons.Select(ArmReply.Of)],
            Remarks = reading.Remarks,
        });
    }

    private static async Task<IResult> AssignAsync(
        string id, HttpRequest request, BodyReader bodies, ExperimentAssignments assignments, CancellationToken cancellation)
    {
        using var body = await bodies.ReadAsync(request, cancellation);
        try
        {
            return await assignments.FindAsync(id, ExperimentBody.ReadAssignment(body.Bytes), cancellation) is { } reply
                ? Results.Ok(reply)
                : ExperimentChanges.Unknown(id);
        }
        catch (JsonException e)
        {
            return ApiErrors.Problem(StatusCodes.Status400BadRequest, "invalid_json", e.Message);
        }
        catch (FormatException e)
        {
            return ApiErrors.Problem(StatusCodes.Status400BadRequest, "invalid_assignment", e.Message);
        }
    }

    private static async Task<IResult> AnswerAsync(Task<(ExperimentRecord? Record, IResult? Problem)> change)
    {
        var (record, problem) = await change;
        return problem ?? Results.Ok(ExperimentReply.Of(record!));
    }

    private static IResult Changed(ExperimentId id) => ApiErrors.Problem(
        StatusCodes.Status409Conflict, "experiment_changed",
            $"Experiment '{id}' was changed by somebody else at the same time: look at it and ask again.");
}
