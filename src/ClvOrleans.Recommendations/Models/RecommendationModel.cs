using System.Collections.Immutable;
using ClvOrleans.Recommendations.Catalogues;

namespace ClvOrleans.Recommendations.Models;

/// <summary>What all customers of a store share: learned by a training, immutable, one a silo. Pure: no I/O and no clock.</summary>
public sealed class RecommendationModel
{
    /// <summary>How many neighbours are averaged (as published).</summary>
    public const int Neighbours = 300;

    private const float UnknownGap = 30;

    /// <summary>The products.</summary>
    public required Catalogue Catalogue { get; init; }

    /// <summary>Of each product, the share of baskets that hold it.</summary>
    public required ImmutableArray<float> Popularity { get; init; }

    /// <summary>Of each product, how it is bought again.</summary>
    public required ImmutableArray<RepeatRate> Repeats { get; init; }

    /// <summary>How baskets are weighed.</summary>
    public required GroupedDecay Decay { get; init; }

    /// <summary>The customers that others are compared with.</summary>
    public required CustomerNeighbours Customers { get; init; }

    /// <summary>From each product to those that go with it.</summary>
    public required SparseRows Associations { get; init; }

    /// <summary>How those were found.</summary>
    public required AssociationKind AssociationKind { get; init; }

    /// <summary>How the parts are mixed.</summary>
    public required Blend Blend { get; init; }

    /// <summary>
    /// What stands in where nothing was learned yet: it knows how often and how lately a customer bought each product, nothing of others.
    /// </summary>
    /// <param name="products">The products; a customer's own.</param>
    public static RecommendationModel Untrained(IEnumerable<string> products)
    {
        var catalogue = Catalogue.Of(products.Distinct(StringComparer.Ordinal).Select(p => new CatalogueProduct(p)));
        return new()
        {
            Catalogue = catalogue,
            Popularity = [.. new float[catalogue.Count]],
            Repeats = [.. Enumerable.Repeat(new RepeatRate(1, UnknownGap), catalogue.Count)],
            Decay = new GroupedDecay(),
            Customers = new CustomerNeighbours(SparseRows.Of([]), catalogue.Count),
            Associations = SparseRows.Of([.. Enumerable.Repeat(Array.Empty<(int, float)>(), catalogue.Count)]),
            AssociationKind = AssociationKind.ItemNeighbours,
            Blend = Blend.Default,
        };
    }

    /// <summary>Mean weights of the nearest customers, by product.</summary>
    public float[] NeighboursOf(Taste taste, int self = -1)
    {
        var mean = new float[Catalogue.Count];
        Customers.AddMean(taste, Neighbours, mean, self);
        return mean;
    }

    /// <summary>How well each product goes with recent ones; below zero where it does not.</summary>
    public float[] AssociationsOf(Dictionary<int, float> recent)
    {
        var sums = new float[Catalogue.Count];
        foreach (var (product, weight) in recent.OrderBy(r => r.Key))
        {
            var columns = Associations.ColumnsOf(product);
            var values = Associations.ValuesOf(product);
            for (var e = 0; e < columns.Length; e++)
            {
                sums[columns[e]] += weight * values[e];
            }
        }

        return sums;
    }

    /// <summary>Score of each product; those above zero may be recommended.</summary>
    /// <param name="taste">What the customer has bought.</param>
    /// <param name="recent">What associations are asked with.</param>
    /// <param name="day">The day of the answer.</param>
    /// <param name="self">The customer's place among <see cref="Customers"/>; -1 where unknown.</param>
    public float[] Score(Taste taste, Dictionary<int, float> recent, int day, int self = -1) =>
        Score(taste, NeighboursOf(taste, self), AssociationsOf(recent), day);

    internal float[] Score(Taste taste, float[] neighbours, float[] associations, int day)
    {
        var scores = new float[Catalogue.Count];
        for (var p = 0; p < scores.Length; p++)
        {
            scores[p] = Blend.OfNew(neighbours[p], associations[p], Popularity[p]);
        }

        for (var i = 0; i < taste.Products.Length; i++)
        {
            var product = taste.Products[i];
            var repeat = Repeats[product];
            var due = Blend.Dueness == 0 ? 1 : repeat.DuenessAt(day, taste.Purchases[i], taste.First[i], taste.Last[i]);
            scores[product] = Blend.OfBought(taste.Weights[i], taste.Baskets, repeat.Rate, due, neighbours[product]);
        }

        return scores;
    }
}
