using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using ClvOrleans.Contracts;
using ClvOrleans.Contracts.Segments;
using ClvOrleans.Domain.Segments;
using ClvOrleans.Grains.Models;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Rules;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Valuation.Rules.Syntax;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Server.Api;

/// <summary>Own segments: those for whom a rule holds.</summary>
internal static class OwnSegmentEndpoints
{
    private const string Tag = "Own segments";

    public static void MapOwnSegments(this IEndpointRouteBuilder api)
    {
        api.MapGet("/own-segments", ListAsync).Answers<OwnSegmentList>(400).WithTags(Tag)
            .WithSummary("The own segments of the store, and what their members add up to");
        api.MapGet("/own-segments/{segment}", FindAsync).Answers<OwnSegmentDetail>(400, 404).WithTags(Tag)
            .WithSummary("One own segment, with every definition that it had");
        api.MapPut("/own-segments/{segment}", PutAsync).Accepts<SegmentBody>("application/json", "*/*")
            .Answers<SegmentDefinitionReply>(400, 413).WithTags(Tag).WithSummary("Define or change an own segment")
            .WithDescription(
                "The rule decides who is in it, from now on at each event and each local midnight. All customers are looked at anew; the "
                    + "list of segments tells how many still wait. Who was in it and still is neither leaves nor enters. POST "
                    + "/rules/preview tells the size before.");
        api.MapDelete("/own-segments/{segment}", RemoveAsync).AnswersNothing(400, 404, 409).WithTags(Tag)
            .WithSummary("Remove an own segment")
            .WithDescription("Its members leave it. Refused while rules of other segments ask for it.");
        api.MapGet("/own-segments/{segment}/customers", MembersAsync).Answers<MemberPage>(400, 404).WithTags(Tag)
            .WithSummary("The members of an own segment, the greatest first");
        api.MapGet("/own-segments/{segment}/export", ExportAsync).Answers<CustomerListItem>(400, 404).WithTags(Tag)
            .WithSummary("All members of an own segment as CSV or JSON lines")
            .WithDescription(
                "A file, by id: CSV with a line of names, or one such object a line. Members who come or go meanwhile may be in it or "
                    + "not.");
    }

    private static async Task<IResult> ListAsync(
        OneStore store, IGrainFactory grains, OwnSegments segments, IChampions champions)
    {
        var report = await grains.GetSegments(store.Settings.Id).ReportAsync();
        var intervals = champions.Find(store.Settings.Id).Model.Intervals;
        return Results.Ok(OwnSegmentList.Of(await segments.ReadAsync(), report, store.Settings, intervals));
    }

    private static async Task<IResult> FindAsync(
        string segment, OneStore store, IGrainFactory grains, OwnSegments segments, IChampions champions)
    {
        if (!SegmentId.IsValid(segment)
            || (await segments.ReadAsync()).All.FirstOrDefault(d => d.Id.Value == segment) is not { } definition)
        {
            return Unknown(segment);
        }

        var report = await grains.GetSegments(store.Settings.Id).ReportAsync();
        return Results.Ok(new OwnSegmentDetail(
            report.Definitions, FiguresAge.Of(report), store.Settings.Currency.Code,
            OwnSegmentReply.Of(definition, report, store.Settings, champions.Find(store.Settings.Id).Model.Intervals),
            [.. (await segments.HistoryAsync(definition.Id)).Select(SegmentDefinitionReply.Of)]));
    }

    private static async Task<IResult> PutAsync(string segment, HttpRequest request, BodyReader bodies, OwnSegments segments)
    {
        using var body = await bodies.ReadAsync(request, request.HttpContext.RequestAborted);
        try
        {
            var (id, asked) = (new SegmentId(segment), SegmentBody.Read(body.Bytes));
            return Results.Ok(SegmentDefinitionReply.Of(await segments.PutAsync(id, asked.Rule, asked.Description)));
        }
        catch (RuleException e)
        {
            return RuleEndpoints.Refused(e);
        }
        catch (JsonException e)
        {
            return ApiErrors.Problem(StatusCodes.Status400BadRequest, "invalid_json", e.Message);
        }
        catch (FormatException e)
        {
            return ApiErrors.Problem(StatusCodes.Status400BadRequest, "invalid_segment", e.Message);
        }
    }

    private static async Task<IResult> RemoveAsync(string segment, OwnSegments segments)
    {
        try
        {
            return SegmentId.IsValid(segment) && await segments.RemoveAsync(new SegmentId(segment))
                ? Results.NoContent()
                : Unknown(segment);
        }
        catch (FormatException e)
        {
            return ApiErrors.Problem(StatusCodes.Status409Conflict, "segment_in_use", e.Message);
        }
    }

    private static async Task<IResult> MembersAsync(
        string segment,
        [Description("predicted, historic, atRisk or lastSeen; the greatest first. Default predicted.")]
        string? sort,
        [Description("next of the page before, of the same segment and sort."), StringLength(Cursor.Longest)]
        string? cursor,
        [Description("Customers on a page, 1 to 1,000. Default 50."), Range(1, 1_000)]
        int? limit,
        OneStore store, IGrainFactory grains, OwnSegments segments, ICustomerRows rows)
    {
        var (by, size) = (QueryText.Sort(sort), QueryText.Count("limit", limit, 50, 1, 1_000));
        if (await ReportAsync(segment, store, grains, segments) is not { } report)
        {
            return Unknown(segment);
        }

        var list = $"own:{segment}:{by}";
        var after = cursor is null ? null : Cursor.Read(cursor, list)?.Position
            ?? throw new QueryException("cursor", "it is not one that this service gave for this segment and sort");
        var page = await rows.QueryAsync(new CustomerRowQuery(
            store.Settings.Id, null, 0, int.MaxValue, by, size, after, Segment: new SegmentId(segment)));
        return Results.Ok(new MemberPage(
            report.Definitions, report.At, report.Waiting, store.Settings.Currency.Code,
            [.. page.Rows.Select(r => CustomerListItem.Of(r, report.Thresholds, store.Settings.Currency))],
            page.Next is { } next ? new Cursor(list, 0, int.MaxValue, next).ToString() : null));
    }

    private static async Task<IResult> ExportAsync(
        string segment,
        [Description("csv, or jsonl for one JSON object a line. Default csv.")]
        string? format,
        OneStore store, IGrainFactory grains, OwnSegments segments, ICustomerRows rows, IOptions<JsonOptions> json,
        CancellationToken cancellation)
    {
        if (format is not (null or "csv" or "jsonl"))
        {
            throw new QueryException("format", $"'{format}' is not csv or jsonl");
        }

        if (await ReportAsync(segment, store, grains, segments) is not { } report)
        {
            return Unknown(segment);
        }

        var (settings, id) = (store.Settings, new SegmentId(segment));
        return format == "jsonl"
            ? Results.Stream(
                stream => SegmentExport.WriteJsonAsync(
                    stream, rows, settings, id, report.Thresholds, json.Value.SerializerOptions, cancellation),
                "application/x-ndjson", $"{segment}.jsonl")
            : Results.Stream(
                stream => SegmentExport.WriteCsvAsync(stream, rows, settings, id, report.Thresholds, cancellation), "text/csv",
                $"{segment}.csv");
    }

    // Null where there is no such segment.
    private static async Task<SegmentReport?> ReportAsync(string segment, OneStore store, IGrainFactory grains, OwnSegments segments) =>
        (await segments.ReadAsync()).All.Any(d => d.Id.Value == segment) ? await grains.GetSegments(store.Settings.Id).ReportAsync() : null;

    private static IResult Unknown(string segment) => ApiErrors.Problem(404, "unknown_segment", $"There is no own segment '{segment}'.");
}
