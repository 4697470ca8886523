using System.Text.Json;
using ClvOrleans.Contracts;
using ClvOrleans.Grains.Models;
using ClvOrleans.Reports.Disclosure;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Rules;
using ClvOrleans.Server.Stores;
using ClvOrleans.Valuation.Rules;
using ClvOrleans.Valuation.Rules.Syntax;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Server.Api;

/// <summary>Conditions on customers, in the rule language.</summary>
internal static class RuleEndpoints
{
    private const int MostSample = 1_000;
    private const int DefaultSample = 20;

    public static void MapRules(this IEndpointRouteBuilder api)
    {
        api.MapGet("/rules/fields", Fields).Answers<RuleFieldReply[]>(400).WithTags("Rules").WithSummary("What rules may ask for");
        api.MapPost("/rules/preview", PreviewAsync).Accepts<RuleBody>("application/json", "*/*").Answers<RulePreviewReply>(400, 409, 413)
            .WithTags("Rules").WithSummary("How many customers a rule selects")
            .WithDescription(
                "Asks the rule of every customer and visitor: how many it holds for, what they add up to, and the most valuable of them. "
                + "With smallestGroup: only how many, rounded down to a multiple of it. "
                + "Nothing is stored. A rule that cannot be used is refused with its line and column, what is wrong and what to write.");
    }

    /// <summary>A rule that cannot be used: the place, why, and what to write.</summary>
    internal static IResult Refused(RuleException e) => ApiErrors.Problem(
        StatusCodes.Status400BadRequest, "invalid_rule", $"rule, line {e.Line}, column {e.Column}: {e.Message}\n{e.Excerpt}");

    private static IResult Fields(OneStore store)
    {
        var schema = CustomerRules.For(store.Settings.Currency);
        return Results.Ok(schema.Fields
            .Select(f => new RuleFieldReply(f.Name, f.Expression.Type.ToString(), f.Meaning, f.MovesWithTime))
            .Concat(
                schema.Functions.Select(f => new RuleFieldReply($"{f.Name}('{f.Example}')", null, f.Meaning, f.Path != TimePath.Still))));
    }

    private static async Task<IResult> PreviewAsync(
        HttpRequest request, BodyReader bodies, OneStore store, IGrainFactory grains, RulePreviews previews, OwnSegments segments,
        IChampions champions,
        CancellationToken cancellation)
    {
        store.CheckTellsExactly("how many customers a rule selects");
        using var body = await bodies.ReadAsync(request, cancellation);
        try
        {
            var asked = RuleBody.Read(body.Bytes, DefaultSample, MostSample);
            var rule = CustomerRules.For(store.Settings.Currency).Parse(asked.Rule);
            SegmentRules.CheckNames(await segments.ReadAsync(), rule, asked.Rule);
            var smallest = store.Settings.SmallestGroup;
            var thresholds = (await grains.GetSegments(store.Settings.Id).ReportAsync()).Thresholds;
            return await previews.FindAsync(rule, asked.Sample, cancellation) is { } preview
                ? Results.Ok(new RulePreviewReply
                {
                    Rule = rule.ToString(),
                    Fields = [.. rule.Fields.Select(f => f.Name)],
                    MovesWithTime = rule.MovesWithTime,
                    Day = preview.Day,
                    Asked = preview.Asked,
                    Unknown = SmallGroups.RoundDown(preview.Unknown, smallest),
                    Currency = store.Settings.Currency.Code,
                    Total = SegmentValues.OfAnyBounds(
                        "rule", preview.Sums, store.Settings, champions.Find(store.Settings.Id).Model.Intervals),
                    Sample = smallest > 0
                        ? []
                        : [.. preview.Sample.Select(row => CustomerListItem.Of(row, thresholds, store.Settings.Currency))],
                })
                : ApiErrors.Problem(
                    StatusCodes.Status409Conflict, "preview_runs", "Another preview is being made; ask again when it has ended.");
        }
        catch (RuleException e)
        {
            return Refused(e);
        }
        catch (JsonException e)
        {
            return ApiErrors.Problem(StatusCodes.Status400BadRequest, "invalid_json", e.Message);
        }
        catch (FormatException e)
        {
            return ApiErrors.Problem(StatusCodes.Status400BadRequest, "invalid_body", e.Message);
        }
    }
}
