using ClvOrleans.Recommendations.Baskets;

namespace ClvOrleans.Recommendations.Ranking;

/// <summary>What is in the cart: put there within 30 days, the last word on the product, and not bought since.</summary>
public static class OpenCart
{
    /// <summary>A cart that nobody has touched for so many days is given up.</summary>
    public const int Days = 30;

    /// <summary>The products, the latest first.</summary>
    public static IEnumerable<string> Of(RecommendationRequest request)
    {
        foreach (var item in request.Recent.Items.Where(i => i.Interest == Interest.InCart))
        {
            var since = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(item.At).UtcDateTime).DayNumber;
            if (request.Day.DayNumber - since <= Days && !HasBought(request.Baskets, item.Product, since))
            {
                yield return item.Product;
            }
        }
    }

    private static bool HasBought(BasketHistory baskets, string product, int since)
    {
        for (var i = baskets.Sorted.Count - 1; i >= 0 && baskets.Sorted.GetKeyAtIndex(i) >= since; i--)
        {
            if (baskets.Sorted.GetValueAtIndex(i).ContainsKey(product))
            {
                return true;
            }
        }

        return false;
    }
}
