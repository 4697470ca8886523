using ClvOrleans.Domain.Currencies;
using ClvOrleans.Recommendations.Baskets;
using ClvOrleans.Recommendations.Models;

namespace ClvOrleans.Recommendations.Ranking;

/// <summary>The prices within which the middle half of a customer's purchases lies, at the products' prices of now.</summary>
/// <param name="Lower">A quarter of the purchases is cheaper, or as cheap.</param>
/// <param name="Upper">A quarter is dearer, or as dear.</param>
public sealed record PriceBand(Money Lower, Money Upper)
{
    /// <summary>The band; null where no price is known of what was bought.</summary>
    /// <param name="model">The model, whose catalogue has prices.</param>
    /// <param name="baskets">What was bought.</param>
    /// <param name="priceOf">The price of now of a product; null where it is not known, and the catalogue's counts.</param>
    public static PriceBand? Of(RecommendationModel model, BasketHistory baskets, Func<string, Money?> priceOf)
    {
        Money[] prices =
        [
            .. baskets.Sorted.Values.SelectMany(b => b.Keys)
                .Select(id => priceOf(id) ?? (model.Catalogue.NumberOf(id) is >= 0 and var p ? model.Catalogue.Products[p].Price : null))
                .OfType<Money>().Order(),
        ];
        return prices.Length == 0 ? null : new(prices[(prices.Length - 1) / 4], prices[prices.Length - 1 - ((prices.Length - 1) / 4)]);
    }
}
