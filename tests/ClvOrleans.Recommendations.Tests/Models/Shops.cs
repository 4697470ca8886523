using ClvOrleans.Domain.Currencies;
using ClvOrleans.Recommendations.Catalogues;
using ClvOrleans.Recommendations.Learning;
using ClvOrleans.Recommendations.Models;

namespace ClvOrleans.Recommendations.Tests.Models;

/// <summary>Seeded shops whose customers each buy within a few themes, some products again and again.</summary>
internal static class Shops
{
    /// <summary>Products of ten themes ("p0000" of theme 0, …); a product's category is its theme, its price its number.</summary>
    public static Catalogue Catalogue(int products) => Recommendations.Catalogues.Catalogue.Of(Enumerable.Range(0, products)
        .Select(p => new CatalogueProduct($"p{p:D6}", $"theme {p % 10}", new Money(p))));

    public static BasketSequence[] Customers(int customers, int products, int seed = 1, int baskets = 8)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, customers).Select(_ =>
        {
            var (theme, own) = (random.Next(10), new List<int>());
            return new BasketSequence(
                [.. Enumerable.Range(0, baskets).Select(b => (b * 14) + random.Next(7))],
                [.. Enumerable.Range(0, baskets).Select(_ => Enumerable.Range(0, 1 + random.Next(6)).Select(_ =>
                {
                    var product = own.Count > 0 && random.NextDouble() < .4
                        ? own[random.Next(own.Count)]
                        : ((int)(Math.Pow(random.NextDouble(), 2) * products / 10) * 10 % products) + Math.Min(theme, products - 1);
                    product %= products;
                    own.Add(product);
                    return product;
                }).Distinct().ToArray())]);
        })];
    }

    public static RecommendationModel Train(int customers, int products, LearningOptions? options = null) =>
        RecommendationTrainer.Train(Catalogue(products), Customers(customers, products), options).Model;
}
