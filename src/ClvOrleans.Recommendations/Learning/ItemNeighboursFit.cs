using ClvOrleans.Recommendations.Models;

namespace ClvOrleans.Recommendations.Learning;

/// <summary>
/// Item-kNN: how many customers two products have in common, divided by powers of the number of customers of each, so that the most sold
/// are not everyone's neighbours; few in common count less.
/// </summary>
internal static class ItemNeighboursFit
{
    private const double Shrinkage = 10;

    /// <summary>The nearest products of each.</summary>
    /// <param name="customers">Distinct products of each customer.</param>
    /// <param name="products">How many products there are.</param>
    /// <param name="correction">Power of the number of customers of the neighbour: 0 none, .5 cosine, 1 full.</param>
    /// <param name="kept">How many neighbours of each product are kept.</param>
    public static SparseRows Fit(IReadOnlyList<int[]> customers, int products, double correction, int kept)
    {
        var buyers = SparseRows.Of([.. customers.Select(c => c.Select(p => (p, 1f)))]).Transposed(products);
        var rows = new IEnumerable<(int, float)>[products];
        Parallel.For(0, products, () => (Common: new int[products], Found: new List<int>()), (product, _, scratch) =>
        {
            foreach (var customer in buyers.ColumnsOf(product))
            {
                foreach (var other in customers[customer])
                {
                    if (scratch.Common[other]++ == 0)
                    {
                        scratch.Found.Add(other);
                    }
                }
            }

            var own = Math.Sqrt(buyers.ColumnsOf(product).Length);
            var near = new List<(int Product, float Value)>();
            foreach (var other in scratch.Found)
            {
                double common = scratch.Common[other];
                scratch.Common[other] = 0;
                if (other != product)
                {
                    var value = common / (common + Shrinkage) * common / own / Math.Pow(buyers.ColumnsOf(other).Length, correction);
                    near.Add((other, (float)value));
                }
            }

            scratch.Found.Clear();
            rows[product] = [.. near.OrderByDescending(n => n.Value).ThenBy(n => n.Product).Take(kept)];
            return scratch;
        }, _ => { });
        return SparseRows.Of(rows);
    }
}
