using System.Runtime.InteropServices;

namespace ClvOrleans.Recommendations.Models;

/// <summary>What a customer has bought, read at a moment: the weights of products by recency, when each was bought.</summary>
public sealed class Taste
{
    private Taste(int[] products, float[] weights, int[] purchases, int[] first, int[] last, int baskets) =>
        (Products, Weights, Purchases, First, Last, Baskets) = (products, weights, purchases, first, last, baskets);

    /// <summary>Nobody's: of a new visitor.</summary>
    public static Taste None { get; } = new([], [], [], [], [], 0);

    /// <summary>Products bought, ascending.</summary>
    public int[] Products { get; }

    /// <summary>Their recency-decayed frequency (<see cref="GroupedDecay"/>).</summary>
    public float[] Weights { get; }

    /// <summary>Baskets that each was in.</summary>
    public int[] Purchases { get; }

    /// <summary>The day each was first bought on.</summary>
    public int[] First { get; }

    /// <summary>The day each was last bought on.</summary>
    public int[] Last { get; }

    /// <summary>How many baskets were read.</summary>
    public int Baskets { get; }

    /// <summary>Reads the last baskets of a customer.</summary>
    /// <param name="sequence">The customer's baskets.</param>
    /// <param name="decay">How they are weighed.</param>
    public static Taste Of(BasketSequence sequence, GroupedDecay decay)
    {
        var weights = decay.WeightsOf(sequence.Count);
        var found = new Dictionary<int, (float Weight, int Purchases, int First, int Last)>();
        for (var b = 0; b < sequence.Count; b++)
        {
            foreach (var product in sequence.ProductsOf(b))
            {
                ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(found, product, out var isKnown);
                entry = (entry.Weight + weights[b], entry.Purchases + 1, isKnown ? entry.First : sequence.DayOf(b), sequence.DayOf(b));
            }
        }

        var products = found.Keys.ToArray();
        Array.Sort(products);
        return new(
            products, [.. products.Select(p => found[p].Weight)], [.. products.Select(p => found[p].Purchases)],
            [.. products.Select(p => found[p].First)], [.. products.Select(p => found[p].Last)], sequence.Count);
    }
}
