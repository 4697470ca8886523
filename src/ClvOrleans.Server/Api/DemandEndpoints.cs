using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ClvOrleans.Grains.Recommendations;
using ClvOrleans.Reports.Demand;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Stores;

namespace ClvOrleans.Server.Api;

/// <summary>What the store is expected to sell, and what to order.</summary>
internal static class DemandEndpoints
{
    private const string Tag = "Demand";

    public static void MapDemand(this IEndpointRouteBuilder api)
    {
        api.MapGet("/demand", FindAsync).AnswersTable(400, 409).WithTags(Tag)
            .WithSummary("Expected units and revenue by week, with 80 % intervals")
            .WithDescription(
                "Known customers by their expected orders and own mix of products, those who are expected to come, last year's season, and "
                + "each product's own past, in the mean that was best at earlier origins of this store; parts add up to the whole. Weeks "
                + "begin today. The plan is made anew every day; the first answer after a start waits for it.");
        api.MapGet("/demand/reorder", ReorderAsync).AnswersTable(400).WithTags(Tag)
            .WithSummary("What to order, by stock, lead time and service level, with the reason")
            .WithDescription("Stock and lead times are stated to /stock.");
    }

    private static async Task<IResult> FindAsync(
        [Description("product or category. Default product.")]
        string? by,
        [Description("How many weeks, 1 to 13. Default 4."), Range(1, DemandPlan.Weeks)]
        int? weeks,
        [Description("Products to show, the most demanded, 1 to 100,000; the rest is one row a week. Default 200."), Range(1, 100_000)]
        int? limit,
        [Description(ReportEndpoints.FormatHelp)]
        string? format,
        DemandPlans plans, OneStore store, CancellationToken cancellation)
    {
        var (count, most) = (QueryText.Count("weeks", weeks, 4, 1, DemandPlan.Weeks), QueryText.Count("limit", limit, 200, 1, 100_000));
        if (by is not (null or "product" or "category"))
        {
            throw new QueryException("by", $"'{by}' is not product or category");
        }

        return await plans.FindAsync(cancellation) is not { } plan
            ? ApiErrors.Problem(
                StatusCodes.Status409Conflict, "no_products",
                "No order up to yesterday names a product: send products with orders, and demand can be told from the next day on.")
            : await ReportEndpoints.AnswerAsync(
                format, by == "category" ? plan.ByCategory(count, store.Settings) : plan.ByProduct(count, most, store.Settings));
    }

    private static async Task<IResult> ReorderAsync(
        [Description("In which share of cases the stock is to suffice, .5 to .999. Default .95.")]
        double? service,
        [Description("Lead time in days where none is stated, 0 to 3,650. Default 14."), Range(0, 3_650)]
        int? leadDays,
        [Description("Days from one order to the next, 1 to 365. Default 7."), Range(1, 365)]
        int? reviewDays,
        [Description(ReportEndpoints.FormatHelp)]
        string? format,
        DemandPlans plans, ShelfCache shelves, OneStore store, TimeProvider time, CancellationToken cancellation)
    {
        var terms = new ReorderTerms(
            service switch
            {
                null => .95,
                >= .5 and <= .999 => service.Value,
                _ => throw new QueryException("service", $"{service} is not .5 to .999"),
            },
            QueryText.Count("leadDays", leadDays, 14, 0, 3_650), QueryText.Count("reviewDays", reviewDays, 7, 1, 365));
        var shelf = await shelves.OfAsync(store.Settings.Id, cancellation);
        var table = ReorderAdvice.Of(
            await plans.FindAsync(cancellation), shelf.Products.Values, terms, store.Settings, store.Settings.DayOf(time.GetUtcNow()));
        return await ReportEndpoints.AnswerAsync(format, table);
    }
}
