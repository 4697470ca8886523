using System.Globalization;
using ClvOrleans.Contracts.Trainings;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Recommendations.Baskets;
using ClvOrleans.Recommendations.Catalogues;
using ClvOrleans.Recommendations.Learning;
using ClvOrleans.Recommendations.Models;
using ClvOrleans.Valuation.Trainings;

namespace ClvOrleans.Grains.Trainings;

/// <summary>Learns what to recommend, of the baskets that the shards hold.</summary>
public sealed class RecommendationTraining(ShardCollector shards)
{
    /// <summary>The most customers that are learned from: those that bought last.</summary>
    public const int MostCustomers = 200_000;

    /// <summary>Learns; nothing where no product was bought.</summary>
    /// <param name="store">The store.</param>
    /// <param name="until">The last local day to be seen.</param>
    /// <param name="log">Told what was found.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<(RecommendationTrial? Trial, ReadOnlyMemory<byte> Model)> LearnAsync(
        StoreId store, DateOnly until, Action<string> log, CancellationToken cancellation)
    {
        var collected = await shards.BasketsAsync(store, until, cancellation);
        if (collected.Count == 0)
        {
            return default;
        }

        var builder = new CatalogueBuilder();
        foreach (var product in collected.SelectMany(c => c.Products))
        {
            builder.Add(SeenOf(product));
        }

        var catalogue = builder.Build();
        BasketSequence[] customers =
        [
            .. collected.Select(c => (c.Customer, Baskets: BasketSequence.Of(BasketFormat.Read(c.Baskets), catalogue)))
                .Where(c => c.Baskets.Count > 0)
                .OrderBy(c => c.Baskets.DayOf(c.Baskets.Count - 1)).ThenBy(c => c.Customer.ToText(), StringComparer.Ordinal)
                .Select(c => c.Baskets).TakeLast(MostCustomers),
        ];
        cancellation.ThrowIfCancellationRequested();
        var learned = await Task.Run(
            () => RecommendationTrainer.Train(catalogue, customers, tell: _ => cancellation.ThrowIfCancellationRequested()), cancellation);
        var trial = new RecommendationTrial(
            catalogue.Count, customers.Length, learned.ValidationCustomers, learned.ValidationRecall, learned.Variants,
            learned.Model.AssociationKind.ToString());
        log(string.Create(
            CultureInfo.InvariantCulture,
            $"{trial.Products:N0} products bought by {trial.Customers:N0} customers: {trial.Recall:0.000} of the last baskets of "
                + $"{trial.HeldOut:N0} among the first ten recommended"));
        return (trial, ModelFormat.Write(learned.Model));
    }

    private static SeenProduct SeenOf(SoldProduct p) => new(
        p.Id, p.Category, DateTimeOffset.FromUnixTimeMilliseconds(p.CategoryAt), p.Price is { } price ? new Money(price) : null,
        DateTimeOffset.FromUnixTimeMilliseconds(p.PriceAt));
}
