using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ClvOrleans.Reports.Marketing;
using ClvOrleans.Reports.Tables;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Stores;

namespace ClvOrleans.Server.Api;

/// <summary>The reports of marketing, each the same table in JSON, CSV and Parquet.</summary>
internal static class ReportEndpoints
{
    private const string Tag = "Reports";
    public const string FormatHelp = "json, csv or parquet: the same table. Default json.";

    public static void MapReports(this IEndpointRouteBuilder api)
    {
        api.MapGet("/reports/cohorts", CohortsAsync).AnswersTable(400).WithTags(Tag)
            .WithSummary("Retention, revenue and margin of cohorts, month by month from the first order");
        api.MapGet("/reports/acquisition", AcquisitionAsync).AnswersTable(400, 409).WithTags(Tag)
            .WithSummary("Acquisition cost of channels and campaigns, CLV : CAC and payback")
            .WithDescription("Costs are posted to /acquisition/costs.");
        api.MapGet("/reports/risk", RiskAsync).AnswersTable(400).WithTags(Tag).WithSummary("Revenue at risk by group of customers");
        api.MapGet("/reports/movement", MovementAsync).AnswersTable(400, 409).WithTags(Tag)
            .WithSummary("Movement between lifecycles, value tiers or own segments, month over month")
            .WithDescription(
                "Customers are folded anew as of the end of each month, valued by today's model, and asked for by today's segments.");
        api.MapGet("/reports/policies", PoliciesAsync).AnswersTable(400, 409).WithTags(Tag)
            .WithSummary("What each policy did, cost and brought");
        api.MapGet("/reports/budget", BudgetAsync).AnswersTable(400, 409).WithTags(Tag)
            .WithSummary("A budget split between channels and own segments by what the next unit of money returns")
            .WithDescription(
                "Channels win customers as known spend did, with an elasticity that is measured from six months of different spend or "
                    + "assumed. Customers of segments are contacted in the order of their margin at risk, with the effect of the segment's "
                    + "policy or the assumed one. The basis of each row says which.");
    }

    private static async Task<IResult> CohortsAsync(
        [Description("month (of the first order), channel, campaign, product (main one of the first order), discount (of the first order), "
            + "segment or lifecycle. Default month.")]
        string? by,
        [Description(FormatHelp)]
        string? format,
        MarketingReports reports, CancellationToken cancellation) =>
        await AnswerAsync(format, await reports.CohortsAsync(By(by, "month", [.. BuyerGroups.Names]), cancellation));

    private static async Task<IResult> AcquisitionAsync(
        [Description("channel or campaign. Default channel.")]
        string? by,
        [Description("First day of first orders and costs. Default that of the earliest cost.")]
        string? from,
        [Description("Last day. Default that of the latest cost, at most today.")]
        string? until,
        [Description(FormatHelp)]
        string? format,
        MarketingReports reports, OneStore store, TimeProvider time, CancellationToken cancellation)
    {
        var today = store.Settings.DayOf(time.GetUtcNow());
        var (first, last) = (QueryText.Day("from", from, today), QueryText.Day("until", until, today));
        return first > last
            ? throw new QueryException("until", "until is before from")
            : await AnswerAsync(
                format, await reports.AcquisitionAsync(By(by, "channel", "channel", "campaign"), first, last, cancellation));
    }

    private static async Task<IResult> RiskAsync(
        [Description("lifecycle, segment, channel, campaign, product, discount or month (of the first order). Default lifecycle.")]
        string? by,
        [Description(FormatHelp)]
        string? format,
        MarketingReports reports, CancellationToken cancellation) =>
        await AnswerAsync(format, await reports.RiskAsync(By(by, "lifecycle", [.. BuyerGroups.Names]), cancellation));

    private static async Task<IResult> MovementAsync(
        [Description("lifecycle, tier (of predicted value) or segment (own ones). Default lifecycle.")]
        string? by,
        [Description("How many months, 1 to 24. Default 6."), Range(1, 24)]
        int? months,
        [Description(FormatHelp)]
        string? format,
        MarketingReports reports, CancellationToken cancellation) =>
        await AnswerAsync(
            format, await reports.MovementAsync(
                By(by, MovementReport.ByLifecycle, [.. MovementReport.Ways]), QueryText.Count("months", months, 6, 1, 24), cancellation));

    private static async Task<IResult> PoliciesAsync(
        [Description(FormatHelp)]
        string? format,
        MarketingReports reports, CancellationToken cancellation) => await AnswerAsync(format, await reports.PoliciesAsync(cancellation));

    private static async Task<IResult> BudgetAsync(
        [Description("The budget, in the store's currency, above 0.")]
        decimal? amount,
        [Description("The days for which it is, 1 to 366. Default 30."), Range(1, 366)]
        int? days,
        [Description("Assumed: by how many per cent more customers come for one per cent more spend, above 0 and below 1. Default 0.5.")]
        double? elasticity,
        [Description("Assumed: share of a customer's margin at risk that a contact saves, above 0 to 1. Default 0.02.")]
        double? saved,
        [Description("Assumed: what a contact costs, in the store's currency, above 0. Default 1.")]
        decimal? contactCost,
        [Description(FormatHelp)]
        string? format,
        MarketingReports reports, CancellationToken cancellation)
    {
        if (amount is not > 0)
        {
            throw new QueryException(
                "amount", amount is null ? "amount is missing: say how much is to be spent" : $"{amount} is not above 0");
        }

        var terms = new BudgetTerms((double)amount, QueryText.Count("days", days, 30, 1, 366));
        return await AnswerAsync(format, await reports.BudgetAsync(
            terms with
            {
                Elasticity = Share("elasticity", elasticity, terms.Elasticity, .99),
                Saved = Share("saved", saved, terms.Saved, 1),
                ContactCost = contactCost is <= 0 ? throw new QueryException("contactCost", $"{contactCost} is not above 0")
                    : (double?)contactCost ?? terms.ContactCost,
            },
            cancellation));
    }

    private static double Share(string name, double? given, double otherwise, double most) => given is not { } share ? otherwise
        : share > 0 && share <= most ? share : throw new QueryException(name, $"{share} is not above 0 and at most {most}");

    private static string By(string? by, string otherwise, params string[] known) => by is null ? otherwise
        : known.Contains(by) ? by : throw new QueryException("by", $"'{by}' is none of {string.Join(", ", known)}");

    /// <summary>A table in the format that was asked for.</summary>
    public static async Task<IResult> AnswerAsync(string? format, ReportTable table)
    {
        switch (format)
        {
            case null or "json":
                using (var json = new MemoryStream())
                {
                    JsonFormat.Write(json, table);
                    return Results.Bytes(json.ToArray(), "application/json");
                }

            case "csv":
                return Results.Text(CsvFormat.Write(table), "text/csv");
            case "parquet":
                using (var parquet = new MemoryStream())
                {
                    await ParquetFormat.WriteAsync(parquet, table);
                    return Results.File(parquet.ToArray(), "application/vnd.apache.parquet", $"{table.Report}.parquet");
                }

            default:
                throw new QueryException("format", $"'{format}' is not json, csv or parquet");
        }
    }

    public static RouteHandlerBuilder AnswersTable(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> problems) =>
        endpoint.Answers<ReportReply>(problems);
}
