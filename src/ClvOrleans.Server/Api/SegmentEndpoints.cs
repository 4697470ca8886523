using System.ComponentModel;
using ClvOrleans.Contracts;
using ClvOrleans.Contracts.Segments;
using ClvOrleans.Grains.Models;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Stores;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Server.Api;

/// <summary>The reports.</summary>
internal static class SegmentEndpoints
{
    public static void MapSegments(this IEndpointRouteBuilder api)
    {
        api.MapGet("/segments", ListAsync).Answers<SegmentList>(400, 409).WithTags("Segments").WithSummary("The report of all segments")
            .WithDescription("Lifecycle times value tier, with totals, the tiers' thresholds and the age of the figures, at most a second "
                + "since they were added up. "
                + "As of a past day: the buyers of that day as known then, without prospects.");
        api.MapGet("/segments/rfm", RfmAsync).Answers<RfmReport>(400, 409)
            .WithTags("Segments").WithSummary("Scores of recency, frequency and money")
            .WithDescription("Each customer who has bought is scored from 1 to 5 by the fifths of the store, cut by the training of the "
                + "champion: cells such as 5-4-5, and the ten usual groups. Rules ask for rfm, rfmGroup and the three scores.");
        api.MapGet("/segments/clusters", ClustersAsync).Answers<ClusterReport>(400, 409)
            .WithTags("Segments").WithSummary("Groups of customers who buy alike")
            .WithDescription("Found by the training of the champion: size, middle and what distinguishes each; or why there are none. "
                + "Rules ask for cluster = 'c3'.");
        api.MapGet("/segments/{name}", FindAsync).Answers<SegmentDetail>(400, 404, 409)
            .WithTags("Segments").WithSummary("One segment, or one lifecycle")
            .WithDescription("Name a segment, such as at-risk.top-5, or a lifecycle, such as at-risk, which has six tiers.");
    }

    private static async Task<IResult> ListAsync(
        [Description("A local calendar day of the store, such as 2026-01-31; today at the latest. Default today.")]
        string? asOf,
        OneStore store, IGrainFactory grains, PastSegments past, IChampions champions, ReleasedSegments released, TimeProvider time,
        CancellationToken cancellation)
    {
        if (store.Settings.Noise is not null)
        {
            return asOf is null ? Results.Ok(await released.ListAsync(cancellation))
                : throw new NoiseException("segments of a day", "ask without asOf, for those of the period that is over");
        }

        var today = store.Settings.DayOf(time.GetUtcNow());
        var day = QueryText.Day("asOf", asOf, today) ?? today;
        var report = day < today ? await past.FindAsync(day, cancellation) : await grains.GetSegments(store.Settings.Id).ReportAsync();
        if (report is null)
        {
            return ApiErrors.Problem(StatusCodes.Status409Conflict, "report_runs", "Another report as of a past day is being made; ask "
                + "again when it has ended.");
        }

        var told = ToldSegments.Of(report, store.Settings.SmallestGroup);
        var (currency, model) = (store.Settings.Currency, champions.Find(store.Settings.Id).Model);
        return Results.Ok(new SegmentList
        {
            At = report.At,
            AsOf = day,
            Age = FiguresAge.Of(report),
            Currency = currency.Code,
            HorizonDays = store.Settings.Horizon.Days,
            ModelVersion = model.Version.Id,
            Total = Total("total", told.HasTotal, report.BuyerRows, store, model),
            Tiers = [.. Enum.GetValues<ValueTier>().Where(t => t != ValueTier.Rest).Select(t => new TierThreshold(
                SegmentNames.Format(t),
                told.HasBeginning(t) && report.Thresholds.LeastOf(t) is { } least ? currency.ToMajor(least) : null))],
            Segments = [.. report.Rows.Select(r => RowOf(r, told, store, model))],
        });
    }

    private static async Task<IResult> FindAsync(
        string name, OneStore store, IGrainFactory grains, IChampions champions, ReleasedSegments released, CancellationToken cancellation)
    {
        if (!SegmentNames.TryParse(name, out var lifecycle, out var tier))
        {
            return ApiErrors.Problem(404, "unknown_segment", $"There is no segment '{name}'.");
        }

        if (store.Settings.Noise is not null)
        {
            return tier is null && lifecycle != Lifecycle.Prospect ? Results.Ok(await released.FindAsync(lifecycle, cancellation))
                : throw new NoiseException("tiers and prospects", "ask for a lifecycle of buyers, such as active");
        }

        var report = await grains.GetSegments(store.Settings.Id).ReportAsync();
        var rows = report.Rows.Where(r => r.Lifecycle == lifecycle && (tier is null || r.Tier == tier)).ToList();
        var (model, told) = (champions.Find(store.Settings.Id).Model, ToldSegments.Of(report, store.Settings.SmallestGroup));
        return Results.Ok(new SegmentDetail
        {
            At = report.At,
            Age = FiguresAge.Of(report),
            Currency = store.Settings.Currency.Code,
            Total = Total(
                name, tier is null && lifecycle != Lifecycle.Prospect ? told.Has(lifecycle) : rows.All(told.Has), rows, store, model),
            Segments = [.. rows.Select(r => RowOf(r, told, store, model))],
            Customers = $"/api/v1/customers?segment={name}",
        });
    }

    private static async Task<IResult> RfmAsync(OneStore store, IGrainFactory grains, IChampions champions)
    {
        store.CheckTellsExactly("scores of recency, frequency and money");
        return Results.Ok(RfmReport.Of(
            await grains.GetSegments(store.Settings.Id).ReportAsync(), store.Settings, champions.Find(store.Settings.Id).Model));
    }

    private static async Task<IResult> ClustersAsync(OneStore store, IGrainFactory grains, IChampions champions)
    {
        store.CheckTellsExactly("clusters");
        return Results.Ok(ClusterReport.Of(
            await grains.GetSegments(store.Settings.Id).ReportAsync(), store.Settings, champions.Find(store.Settings.Id).Model));
    }

    private static SegmentValues RowOf(SegmentRow row, ToldSegments told, OneStore store, IValueModel model) => SegmentValues.Of(
        row.Name, told.Has(row) ? row.Sums : null, store.Settings, model.Intervals, SegmentNames.Format(row.Lifecycle),
        row.Tier is { } tier ? SegmentNames.Format(tier) : null);

    private static SegmentValues Total(string name, bool isTold, IEnumerable<SegmentRow> rows, OneStore store, IValueModel model) =>
        SegmentValues.Of(
            name, isTold ? rows.Aggregate(default(SegmentSums), (sum, row) => sum + row.Sums) : null, store.Settings, model.Intervals);
}
