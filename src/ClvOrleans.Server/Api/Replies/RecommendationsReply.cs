using ClvOrleans.Domain.Customers;
using ClvOrleans.Recommendations.Ranking;
using ClvOrleans.Server.Recommendations;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>What to recommend.</summary>
internal sealed record RecommendationsReply
{
    /// <summary>Who it is: whoever the id has become.</summary>
    public required string Customer { get; init; }

    /// <summary>Customer or Visitor.</summary>
    public required CustomerKind Kind { get; init; }

    /// <summary>Number of their events; 0 of somebody who is not known, who is given what most buy.</summary>
    public required long Revision { get; init; }

    /// <summary>The local day of the answer.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Version of the model, such as recommendations-3; null where none was trained on products: then own products only.</summary>
    public required string? ModelVersion { get; init; }

    /// <summary>Which prices are put forward: Any, Premium to valuable customers, Promotion to those who mostly buy with coupons.</summary>
    public required PriceAppeal Appeal { get; init; }

    /// <summary>Currency of prices.</summary>
    public required string Currency { get; init; }

    /// <summary>The slot that was asked for; null without.</summary>
    public string? Slot { get; init; }

    /// <summary>What a decision has put into that slot; null where none holds.</summary>
    public SlotReply? Offer { get; init; }

    /// <summary>Both kinds mixed, the best first.</summary>
    public required IReadOnlyList<RecommendedProduct> Products { get; init; }

    /// <summary>Products bought before, the best first.</summary>
    public required IReadOnlyList<RecommendedProduct> Repeat { get; init; }

    /// <summary>Products that are new to the customer, the best first.</summary>
    public required IReadOnlyList<RecommendedProduct> Explore { get; init; }

    public static RecommendationsReply Of(
        CustomerRecommendation found, string? slot, SlotReply? offer, Domain.Currencies.Currency currency) => new()
        {
            Customer = found.Customer.Id,
            Kind = found.Customer.Kind,
            Revision = found.Revision,
            AsOf = found.Day,
            ModelVersion = found.Version,
            Appeal = found.Request.Appeal,
            Currency = currency.Code,
            Slot = slot,
            Offer = offer,
            Products = [.. found.Lists.Mix.Select(r => RecommendedProduct.Of(r, found.Shelf, currency))],
            Repeat = [.. found.Lists.Repeat.Select(r => RecommendedProduct.Of(r, found.Shelf, currency))],
            Explore = [.. found.Lists.Explore.Select(r => RecommendedProduct.Of(r, found.Shelf, currency))],
        };
}
