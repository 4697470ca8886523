using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ClvOrleans.Domain.Market;
using ClvOrleans.Intake.Costs;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.Market;

namespace ClvOrleans.Server.Api;

/// <summary>What the store paid to win customers.</summary>
internal static class CostEndpoints
{
    private static readonly StatementBody<AcquisitionCost> Body = new(
        "costs", "invalid_cost", (json, context) => CostJson.Read(json, context.Store), CostFile.Read);

    public static void MapCosts(this IEndpointRouteBuilder api)
    {
        api.MapGet("/acquisition/costs", ListAsync).Answers<CostReply[]>(400).WithTags("Reports")
            .WithSummary("What the store paid to win customers, by id");
        api.MapPost("/acquisition/costs", PutAsync).Accepts<CostReply[]>("application/json", "*/*").Answers<CostChangeReply>(400, 413)
            .WithTags("Reports").WithSummary("Add or replace costs of channels and campaigns")
            .WithDescription(
                "A cost or an array of up to 100,000, as JSON or as a table (CSV, workbook, Parquet) with the columns channel, campaign, "
                    + "from, to, amount, currency, id. A channel is source and medium, such as google / cpc. A cost without an id is named "
                    + "after its channel, campaign and days, so that the same again changes nothing. Either all are kept or none.");
        api.MapDelete("/acquisition/costs", RemoveAsync).AnswersNothing(400, 404).WithTags("Reports").WithSummary("Remove a cost");
    }

    private static async Task<IResult> ListAsync(OneStore store, IAcquisitionCosts costs, CancellationToken cancellation) => Results.Ok(
        (await costs.ReadAsync(store.Settings.Id, cancellation)).Select(c => CostReply.Of(c, store.Settings.Currency)));

    private static Task<IResult> PutAsync(
        HttpRequest request, BodyReader bodies, OneStore store, IAcquisitionCosts costs, TimeProvider time,
        CancellationToken cancellation) =>
        Body.KeepAsync(
            request, bodies, store, time.GetUtcNow(),
            async read =>
            {
                await costs.PutAsync(store.Settings.Id, read, CancellationToken.None);
                return new CostChangeReply(read.Length);
            },
            cancellation);

    private static async Task<IResult> RemoveAsync(
        [Description("The cost's id."), StringLength(765)]
        string? id,
        OneStore store, IAcquisitionCosts costs, CancellationToken cancellation) =>
        id is null ? ApiErrors.Problem(StatusCodes.Status400BadRequest, "invalid_cost", "id is missing: say which, as ?id=ads-2026-03.")
        : await costs.RemoveAsync(store.Settings.Id, id, cancellation) ? Results.NoContent()
        : ApiErrors.Problem(StatusCodes.Status404NotFound, "unknown_cost", $"There is no cost '{id}'.");
}
