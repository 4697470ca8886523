using ClvOrleans.Domain.Currencies;
using ClvOrleans.Recommendations.Ranking;
using ClvOrleans.Server.Recommendations;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>A product to order again with one tap.</summary>
/// <param name="Product">The shop's id.</param>
/// <param name="Category">Its category; null where unknown.</param>
/// <param name="Price">Price of one unit now; null where unknown.</param>
/// <param name="Units">Units of the last purchase: what one tap orders.</param>
/// <param name="Times">On how many days it was bought.</param>
/// <param name="LastOn">The day it was last bought on.</param>
/// <param name="IntervalDays">Days from one purchase to the next that are expected of the customer.</param>
/// <param name="DueOn">The day the next purchase is expected on.</param>
/// <param name="IsDue">Whether that day has come.</param>
internal sealed record ReorderReply(
    string Product, string? Category, decimal? Price, long Units, int Times, DateOnly LastOn, int IntervalDays, DateOnly DueOn, bool IsDue)
{
    public static ReorderReply Of(Reorder r, CustomerRecommendation found, Currency currency)
    {
        var stock = found.Shelf.Products.GetValueOrDefault(r.Product);
        return new(
            r.Product, stock?.Category ?? r.Category, (stock?.Price ?? r.Price) is { } price ? currency.ToMajor(price) : null, r.Units,
            r.Times, r.LastOn, r.Interval, r.DueOn, r.DueOn <= found.Day);
    }
}
