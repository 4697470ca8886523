using ClvOrleans.Domain.Currencies;
using ClvOrleans.Grains.Recommendations;
using ClvOrleans.Recommendations.Ranking;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>A product that is recommended.</summary>
/// <param name="Product">The shop's id.</param>
/// <param name="Category">Its category; null where unknown.</param>
/// <param name="Price">Price of one unit, as stated with the stock, else of the last order; null where unknown.</param>
/// <param name="Promoted">Whether it is at a special price.</param>
/// <param name="Units">Units in stock; null where unknown.</param>
/// <param name="BoughtBefore">Whether the customer bought it before.</param>
/// <param name="Score">Compares products of one list only.</param>
/// <param name="Reasons">Why, the main reason first.</param>
internal sealed record RecommendedProduct(
    string Product, string? Category, decimal? Price, bool Promoted, long? Units, bool BoughtBefore, double Score,
    IReadOnlyList<RecommendationReason> Reasons)
{
    public static RecommendedProduct Of(Recommendation r, StoreShelf shelf, Currency currency)
    {
        var stock = shelf.Products.GetValueOrDefault(r.Product);
        return new(
            r.Product, stock?.Category ?? r.Category, (stock?.Price ?? r.Price) is { } price ? currency.ToMajor(price) : null,
            stock?.IsPromoted ?? false, stock?.Units, r.IsRepeat, r.Score, [.. r.Reasons.Select(RecommendationReason.Of)]);
    }
}
