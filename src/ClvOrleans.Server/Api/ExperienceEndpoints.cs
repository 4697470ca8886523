using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Recommendations.Ranking;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Server.Deliveries;
using ClvOrleans.Server.Recommendations;
using ClvOrleans.Server.Stores;

namespace ClvOrleans.Server.Api;

/// <summary>What a storefront needs to shorten a customer's way, in one call.</summary>
internal static class ExperienceEndpoints
{
    public static void MapExperience(this IEndpointRouteBuilder api) =>
        api.MapGet("/customers/{id}/experience", ShowAsync).Answers<ExperienceReply>(400, 404).WithCustomerId()
            .WithTags("Customers").WithSummary("What shortens a customer's way through the shop")
            .WithDescription(
                "The order of categories, what to order again with one tap and when it is due, the price band to sort by, the offer in "
                + "force, the steps that were taken already, and the next best action. cacheSeconds, and Cache-Control, say how long it "
                + "may be kept.");

    private static async Task<IResult> ShowAsync(
        PathId customer,
        [Description("The slot whose offer is asked for. Default the first by name that has one.")]
        string? slot,
        [Description("Products in each list, 1 to 100. Default 10."), Range(1, RecommendationRequest.MostCount)]
        int? limit,
        HttpResponse response, OneStore store, CustomerRecommendations recommendations, ShownSlots slots, TimeProvider time,
        CancellationToken cancellation)
    {
        var count = QueryText.Count("limit", limit, 10, 1, RecommendationRequest.MostCount);
        if (customer.Value.Length > CustomerId.MaxLength)
        {
            return CustomerEndpoints.Unknown(customer);
        }

        var found = await recommendations.OfAsync(customer.Value, count, cancellation);
        var shown = found.Row is { } row ? await slots.OfAsync(found.Customer, row.Summary.Consents) : [];
        var offer = slot is null ? shown is [var first, ..] ? first : null : shown.FirstOrDefault(s => s.Slot == slot);
        var reply = ExperienceReply.Of(found, offer, count, store.Settings, time.GetUtcNow());
        response.Headers.CacheControl = string.Create(CultureInfo.InvariantCulture, $"private, max-age={reply.CacheSeconds}");
        return Results.Ok(reply);
    }
}
