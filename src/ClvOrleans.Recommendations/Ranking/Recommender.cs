using System.Collections.Immutable;
using ClvOrleans.Recommendations.Baskets;
using ClvOrleans.Recommendations.Catalogues;
using ClvOrleans.Recommendations.Models;

namespace ClvOrleans.Recommendations.Ranking;

/// <summary>
/// Answers what to recommend now: scores by the shared model and the customer's live state, leaves out what makes no sense, puts forward
/// prices that suit, and mixes categories. A pure function of its arguments.
/// </summary>
public static class Recommender
{
    // Of so many best products the list is made; each further product of a category counts a fifth less.
    private const int Considered = 200;
    private const float OfSameCategory = .8f;
    private const float PriceWeight = .5f;
    private const float PromotionFactor = 1.5f;

    // A product of which every tenth later basket holds one again is bought to be used up.
    private const float ReplenishableRate = .1f;

    /// <summary>The products, the best first; fewer than asked for where no more can be sold.</summary>
    public static ImmutableArray<Recommendation> Recommend(RecommendationModel model, RecommendationRequest request) =>
        RecommendApart(model, request).Mix;

    /// <summary>The mix, and apart from each other products bought before and new ones, the best first.</summary>
    public static RecommendationLists RecommendApart(RecommendationModel model, RecommendationRequest request)
    {
        if (request.Count is < 1 or > RecommendationRequest.MostCount)
        {
            throw new ArgumentException($"count: {request.Count} is not 1 to {RecommendationRequest.MostCount}.", nameof(request));
        }

        var catalogue = model.Catalogue;
        var sequence = BasketSequence.Of(request.Baskets, catalogue);
        var taste = Taste.Of(sequence, model.Decay);
        var recent = RecentWeights.Of(sequence, request.Recent, catalogue);
        var day = request.Day.DayNumber;
        var (neighbours, associations) = (model.NeighboursOf(taste), model.AssociationsOf(recent));
        var scores = taste.Products.Length > 0
            ? model.Score(taste, neighbours, associations, day)
            : OfVisitor(model, recent, associations);
        var own = OwnPriceLevel(taste, catalogue);
        Weigh(scores, request, catalogue, own);
        var pad = model.Popularity.ToArray();
        LeaveOut(scores, model, request, taste, day);
        LeaveOut(pad, model, request, taste, day);
        var (repeats, padded) = (new float[scores.Length], (float[])pad.Clone());
        var news = (float[])scores.Clone();
        foreach (var product in taste.Products)
        {
            repeats[product] = scores[product];
            (news[product], padded[product]) = (0, 0);
        }

        var reasons = new Reasons(model, request, taste, recent, neighbours, own);
        return new(Listed(scores, pad), Listed(repeats, []), Listed(news, padded), CategoryShare.Of(scores, catalogue));

        ImmutableArray<Recommendation> Listed(float[] all, float[] others)
        {
            var considered = Selection.Top(all, Considered);
            if (considered.Length < request.Count)
            {
                considered = [.. considered.Union(Selection.Top(others, Considered))];
            }

            return
            [
                .. Mixed(considered, all, catalogue, request.Count).Select(p => new Recommendation(
                    catalogue.Products[p].Id, catalogue.Products[p].Category, catalogue.Products[p].Price,
                    Array.BinarySearch(taste.Products, p) >= 0, all[p], reasons.Of(p))),
            ];
        }
    }

    // The session speaks first; the rest is what others buy.
    private static float[] OfVisitor(RecommendationModel model, Dictionary<int, float> recent, float[] associations)
    {
        var scores = associations.ToArray();
        for (var p = 0; p < scores.Length; p++)
        {
            scores[p] = scores[p] > 0 && !recent.ContainsKey(p) ? 1 + scores[p] : model.Popularity[p];
        }

        return scores;
    }

    private static float OwnPriceLevel(Taste taste, Catalogue catalogue)
    {
        // A middling level counts as much as half of all that was bought.
        var (sum, weight) = (.5f * .5f, .5f);
        var all = taste.Weights.Sum();
        for (var i = 0; i < taste.Products.Length; i++)
        {
            sum += taste.Weights[i] / all * catalogue.PriceLevelOf(taste.Products[i]);
            weight += taste.Weights[i] / all;
        }

        return sum / weight;
    }

    private static void Weigh(float[] scores, RecommendationRequest request, Catalogue catalogue, float own)
    {
        if (request.Appeal == PriceAppeal.Any)
        {
            return;
        }

        var isPremium = request.Appeal == PriceAppeal.Premium;
        for (var p = 0; p < scores.Length; p++)
        {
            var dearer = catalogue.PriceLevelOf(p) - own;
            scores[p] *= 1 + (PriceWeight * (isPremium ? dearer : -dearer));
            scores[p] *= !isPremium && request.Shelf.IsPromoted(p) ? PromotionFactor : 1;
        }
    }

    private static void LeaveOut(float[] scores, RecommendationModel model, RecommendationRequest request, Taste taste, int day)
    {
        for (var p = 0; p < scores.Length; p++)
        {
            scores[p] = request.Shelf.IsOut(p) ? 0 : scores[p];
        }

        for (var i = 0; i < taste.Products.Length; i++)
        {
            var product = taste.Products[i];
            var isReplenishable = taste.Purchases[i] > 1 || model.Repeats[product].Rate >= ReplenishableRate;
            scores[product] = day - taste.Last[i] < request.JustBoughtDays && !isReplenishable ? 0 : scores[product];
        }

        foreach (var id in request.Baskets.Returned.Keys.Concat(OpenCart.Of(request)))
        {
            if (model.Catalogue.NumberOf(id) is >= 0 and var product)
            {
                scores[product] = 0;
            }
        }
    }

    private static List<int> Mixed(int[] considered, float[] scores, Catalogue catalogue, int count)
    {
        var left = considered.Select(p => (Product: p, Score: scores[p])).ToList();
        var list = new List<int>(count);
        while (list.Count < count && left.Count > 0)
        {
            var best = 0;
            for (var i = 1; i < left.Count; i++)
            {
                best = left[i].Score > left[best].Score ? i : best;
            }

            var category = catalogue.CategoryOf(left[best].Product);
            list.Add(left[best].Product);
            left.RemoveAt(best);
            for (var i = 0; i < left.Count && category != Catalogue.NoCategory; i++)
            {
                left[i] = catalogue.CategoryOf(left[i].Product) == category
                    ? (left[i].Product, left[i].Score * OfSameCategory)
                    : left[i];
            }
        }

        return list;
    }
}
