using ClvOrleans.Recommendations.Baskets;
using ClvOrleans.Recommendations.Catalogues;

namespace ClvOrleans.Recommendations.Models;

/// <summary>What associations are asked with: products of late, each with how much it counts, 0 to 1.</summary>
public static class RecentWeights
{
    private const double Decay = .8;
    private const int MostBaskets = 20;

    /// <summary>The products of the last baskets: those of the last count 1, and each basket before it a fifth less.</summary>
    public static Dictionary<int, float> Of(BasketSequence sequence)
    {
        var weights = new Dictionary<int, float>();
        for (var b = Math.Max(0, sequence.Count - MostBaskets); b < sequence.Count; b++)
        {
            foreach (var product in sequence.ProductsOf(b))
            {
                weights[product] = (float)Math.Pow(Decay, sequence.Count - 1 - b);
            }
        }

        return weights;
    }

    /// <summary>The same with what the customer or visitor lately looked at; what was taken out of the cart does not count.</summary>
    public static Dictionary<int, float> Of(BasketSequence sequence, RecentItems recent, Catalogue catalogue)
    {
        var weights = Of(sequence);
        foreach (var item in recent.Items)
        {
            var (product, weight) = (catalogue.NumberOf(item.Product), WeightOf(item.Interest));
            if (product >= 0 && weight > weights.GetValueOrDefault(product))
            {
                weights[product] = weight;
            }
        }

        return weights;
    }

    private static float WeightOf(Interest interest) => interest switch
    {
        Interest.InCart => 1,
        Interest.Wished => .8f,
        Interest.Viewed => .5f,
        _ => 0,
    };
}
