using System.Collections.Immutable;
using System.ComponentModel;
using System.Text.Json;
using ClvOrleans.Domain.Market;
using ClvOrleans.Intake.Costs;
using ClvOrleans.Intake.Files;
using ClvOrleans.Intake.Rules;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.Market;

namespace ClvOrleans.Server.Api;

/// <summary>What the store paid to win customers.</summary>
internal static class CostEndpoints
{
    private const int MostCosts = 100_000;

    public static void MapCosts(this IEndpointRouteBuilder api)
    {
        api.MapGet("/acquisition/costs", ListAsync).Answers<CostReply[]>(400).WithTags("Reports")
            .WithSummary("What the store paid to win customers, by id");
        api.MapPost("/acquisition/costs", PutAsync).Accepts<CostReply[]>("application/json", "*/*").Answers<CostChangeReply>(400, 413)
            .WithTags("Reports").WithSummary("Add or replace costs of channels and campaigns")
            .WithDescription(
                "A cost or an array of up to 100,000, as JSON or as a table (CSV, workbook, Parquet) with the columns channel, campaign, "
                    + "from, "
                + "to, amount, currency, id. A channel is source and medium, such as google / cpc. A cost without an id is named after its "
                + "channel, campaign and days, so that the same again changes nothing. Either all are kept or none.");
        api.MapDelete("/acquisition/costs", RemoveAsync).AnswersNothing(400, 404).WithTags("Reports").WithSummary("Remove a cost");
    }

    private static async Task<IResult> ListAsync(OneStore store, IAcquisitionCosts costs, CancellationToken cancellation) => Results.Ok(
        (await costs.ReadAsync(store.Settings.Id, cancellation)).Select(c => CostReply.Of(c, store.Settings.Currency)));

    private static async Task<IResult> PutAsync(
        HttpRequest request, BodyReader bodies, OneStore store, IAcquisitionCosts costs, TimeProvider time, CancellationToken cancellation)
    {
        using var body = await bodies.ReadAsync(request, cancellation);
        try
        {
            var read = Read(body.Bytes, store, time.GetUtcNow());
            if (read.Length > MostCosts)
            {
                throw new FormatException($"{read.Length:#,##0} costs are more than {MostCosts:#,##0}; send them in parts.");
            }

            await costs.PutAsync(store.Settings.Id, read, CancellationToken.None);
            return Results.Ok(new CostChangeReply(read.Length));
        }
        catch (JsonException e)
        {
            return ApiErrors.Problem(StatusCodes.Status400BadRequest, "invalid_json", e.Message);
        }
        catch (RefusedException e)
        {
            return ApiErrors.Problem(StatusCodes.Status400BadRequest, e.Code, e.Message);
        }
        catch (Exception e) when (e is FormatException or HistoryFormatException)
        {
            return ApiErrors.Problem(StatusCodes.Status400BadRequest, "invalid_cost", e.Message);
        }
    }

    private static async Task<IResult> RemoveAsync(
        [Description("The cost's id.")]
        string? id,
        OneStore store, IAcquisitionCosts costs, CancellationToken cancellation) =>
        id is null ? ApiErrors.Problem(StatusCodes.Status400BadRequest, "invalid_cost", "id is missing: say which, as ?id=ads-2026-03.")
        : await costs.RemoveAsync(store.Settings.Id, id, cancellation) ? Results.NoContent()
        : ApiErrors.Problem(StatusCodes.Status404NotFound, "unknown_cost", $"There is no cost '{id}'.");

    private static ImmutableArray<AcquisitionCost> Read(ReadOnlyMemory<byte> body, OneStore store, DateTimeOffset now)
    {
        if (body.Span.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..] or [])
        {
            using var document = JsonBody.Parse(body);
            return CostJson.Read(document.RootElement, store.Settings);
        }

        using var file = HistoryFile.Read(new MemoryStream(body.ToArray()), body.Length);
        return [.. CostFile.Read(file.Lines, new HistoryContext { Store = store.Settings, Source = ConsentEndpoints.Source, Now = now })];
    }
}
