using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Recommendations.Ranking;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Server.Deliveries;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Recommendations;
using ClvOrleans.Server.Stores;

namespace ClvOrleans.Server.Api;

/// <summary>What to offer a customer.</summary>
internal static class RecommendationEndpoints
{
    public static void MapRecommendations(this IEndpointRouteBuilder api) =>
        api.MapGet("/customers/{id}/recommendations", RecommendAsync).Answers<RecommendationsReply>(400).WithCustomerId()
            .WithTags("Customers").WithSummary("What to recommend to a customer or visitor")
            .WithDescription(
                "Products to buy again and new ones, mixed and apart, each with its reasons. Nothing that is out of stock, in the cart, "
                + "was sent back, or was just bought and is not bought again and again. A visitor gets what goes with the session; "
                + "somebody who is not known, what most buy.");

    private static async Task<IResult> RecommendAsync(
        PathId customer,
        [Description("Products in each list, 1 to 100. Default 10."), Range(1, RecommendationRequest.MostCount)]
        int? limit,
        [Description("Where they are shown: the answer then has what a decision has put into this slot.")]
        string? slot,
        OneStore store, CustomerRecommendations recommendations, ShownSlots slots, CancellationToken cancellation)
    {
        var count = QueryText.Count("limit", limit, 10, 1, RecommendationRequest.MostCount);
        if (customer.Value.Length > CustomerId.MaxLength)
        {
            return CustomerEndpoints.Unknown(customer);
        }

        var found = await recommendations.OfAsync(customer.Value, count, cancellation);
        var shown = slot is null || found.Row is not { } row ? [] : await slots.OfAsync(found.Customer, row.Summary.Consents);
        return Results.Ok(RecommendationsReply.Of(found, slot, shown.FirstOrDefault(s => s.Slot == slot), store.Settings.Currency));
    }
}
