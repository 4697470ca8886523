using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.Models;

namespace ClvOrleans.Server.Api;

/// <summary>What was predicted, beside what came.</summary>
internal static class PredictionEndpoints
{
    private const int Default = 730;
    private const int Most = 3_650;

    public static void MapPredictions(this IEndpointRouteBuilder api) =>
        api.MapGet("/predictions", ListAsync).Answers<PredictionsReply>(400, 409).WithTags("Models")
            .WithSummary("What was predicted of all buyers, of lifecycles and of own segments together, and what came of it")
            .WithDescription(
                "Each champion's totals and their 80 % intervals, kept in its first night and then once a month, over 30 days and the "
                + "store's horizon; and, once these have passed, what came: the error of the level, how many totals and customers were "
                + "within their intervals, and how many below and above.");

    private static async Task<IResult> ListAsync(
        [Description("Predictions made within so many days before today, 1 to 3,650. Default 730."), Range(1, Most)]
        int? days,
        OneStore store, IPredictions predictions, TimeProvider time, CancellationToken cancellation)
    {
        store.CheckTellsExactly("predictions");
        var since = store.Settings.DayOf(time.GetUtcNow()).AddDays(-QueryText.Count("days", days, Default, 1, Most));
        var totals = await predictions.TotalsAsync(store.Settings.Id, since, cancellation);
        return Results.Ok(PredictionsReply.Of(ToldPredictions.Of(totals, store.Settings.SmallestGroup), store.Settings));
    }
}
