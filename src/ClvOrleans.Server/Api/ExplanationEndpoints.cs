using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Grains.Market;
using ClvOrleans.Grains.Models;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Models;
using ClvOrleans.Valuation.Explanations;

namespace ClvOrleans.Server.Api;

/// <summary>Why a customer is worth what they are.</summary>
internal static class ExplanationEndpoints
{
    public static void MapExplanations(this IEndpointRouteBuilder api) =>
        api.MapGet("/customers/{id}/explanation", ExplainAsync).Answers<CustomerExplanation>(400, 404, 409, 429).WithCustomerId()
            .WithTags("Customers").WithSummary("Why a customer is worth what they are")
            .WithDescription(
                "What each input of the model adds to the predicted value, compared with a new or a median customer of the store, and "
                    + "how the latest events and the time between them moved it. Both add up exactly. Computed from the events: the same "
                    + "question gives the same bytes.");

    private static async Task<IResult> ExplainAsync(
        PathId customer,
        [Description(
            "How far the prediction looks ahead: 1 to 3,650 days, as 90, 90d, 12w, 6m (30 days each) or 1y (365 days). Default the "
                + "store's horizon.")]
        string? horizon,
        [Description(
            "A local calendar day of the store, such as 2026-01-31; today at the latest. Only events up to it are seen. Default today.")]
        string? asOf,
        [Description("Id of a model version, or a family (its latest version), such as bg-nbd. Default the champion.")]
        string? model,
        [Description("How many of the latest events that the model reads to list one by one, 0 to 200. Default 10."), Range(0, 200)]
        int? events,
        OneStore store, IGrainFactory grains, IJournal journal, IChampions champions, IModelRegistry registry, MarketCache markets,
        LongReads turns, TimeProvider time, CancellationToken cancellation)
    {
        var settings = store.Settings;
        var today = settings.DayOf(time.GetUtcNow());
        var ahead = QueryText.Horizon(horizon, settings.Horizon);
        var day = QueryText.Day("asOf", asOf, today) ?? today;
        var count = QueryText.Count("events", events, 10, 0, 200);
        if (await CustomerEndpoints.FindAsync(customer.Value, null, settings, grains) is not { } found)
        {
            return CustomerEndpoints.Unknown(customer);
        }

        // One reading of the journal for all of the answer, so that its parts agree.
        var entries = await journal.ReadAsync(found.Id, 0, cancellation);
        var timeline = CustomerTimeline.Of(found.Id, entries.Select(e => e.Event), settings);
        var last = day == today ? DateOnly.MaxValue : day;
        var seen = timeline.Until(last).Events;
        if (seen.IsEmpty)
        {
            return CustomerEndpoints.UnknownThen(customer, day);
        }

        if (await CustomerEndpoints.FindModelAsync(model, settings.Id, champions, registry) is not { } value)
        {
            return ApiErrors.Problem(404, "unknown_model", $"There is no model '{model}'.");
        }

        if (value is not IExplainedModel explained)
        {
            return ApiErrors.Problem(409, "unexplained_model", $"Model '{value.Version.Id}' does not explain its values.");
        }

        var market = await markets.OfAsync(settings.Id);
        using var turn = await turns.EnterAsync(seen.Length, cancellation);
        var summary = CustomerSummary.Of(timeline.StateAt(last), settings);
        day = asOf is null ? summary.DayToEstimate(today) : day;
        var why = explained.Explain(summary, market, settings, day, ahead);
        var moves = ValueAttribution.Of(explained, seen, market, settings, day, ahead, count);
        return Results.Ok(CustomerExplanation.Of(
            found.Id, seen.Length, why, moves, value.Version.Id, market.ToVersion(), day, ahead, settings));
    }
}
