using System.Collections.Immutable;
using ClvOrleans.Recommendations.Baskets;
using ClvOrleans.Recommendations.Models;

namespace ClvOrleans.Recommendations.Ranking;

/// <summary>
/// What a customer buys again and again, with the day each is due on: what was bought on two days or more, can be sold, was not sent back
/// and has not been given up, which is after three intervals.
/// </summary>
public static class ReorderList
{
    private const int MostIntervals = 3;

    /// <summary>The products, the first due first.</summary>
    public static ImmutableArray<Reorder> Of(RecommendationModel model, RecommendationRequest request)
    {
        var (catalogue, day) = (model.Catalogue, request.Day.DayNumber);
        var taste = Taste.Of(BasketSequence.Of(request.Baskets, catalogue), model.Decay);
        var list = new List<Reorder>();
        for (var i = 0; i < taste.Products.Length; i++)
        {
            var product = catalogue.Products[taste.Products[i]];
            var gap = model.Repeats[taste.Products[i]].GapOf(taste.Purchases[i], taste.First[i], taste.Last[i]);
            if (taste.Purchases[i] < 2 || request.Shelf.IsOut(taste.Products[i]) || request.Baskets.Returned.ContainsKey(product.Id)
                || day - taste.Last[i] > MostIntervals * Math.Max(1, gap))
            {
                continue;
            }

            var interval = Math.Max(1, (int)Math.Round(gap));
            var lastOn = DateOnly.FromDayNumber(taste.Last[i]);
            list.Add(new(
                product.Id, product.Category, product.Price, UnitsOf(request.Baskets, taste.Last[i], product.Id), taste.Purchases[i],
                lastOn, interval, lastOn.AddDays(interval)));
        }

        return [.. list.OrderBy(r => r.DueOn).ThenByDescending(r => r.Times).ThenBy(r => r.Product, StringComparer.Ordinal)];
    }

    private static long UnitsOf(BasketHistory baskets, int day, string product) => baskets.Sorted[day][product].Units;
}
