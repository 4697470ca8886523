using ClvOrleans.Recommendations.Models;

namespace ClvOrleans.Recommendations.Learning;

/// <summary>
/// EASE (Steck, WWW 2019): B = I − P · diag(1 / diag P) with P = (XᵀX + λI)⁻¹, over the most sold products, since the matrix has
/// the square of their number.
/// </summary>
internal static class EaseFit
{
    /// <summary>The most products.</summary>
    public const int Most = 4_000;

    /// <summary>The strongest associations of each product.</summary>
    /// <param name="customers">Distinct products of each customer.</param>
    /// <param name="products">How many products there are.</param>
    /// <param name="ridge">λ.</param>
    /// <param name="kept">How many associations of each product are kept.</param>
    public static SparseRows Fit(IReadOnlyList<int[]> customers, int products, double ridge, int kept)
    {
        var (most, places) = MostSold(customers, products);
        var gram = new double[most.Length][];
        for (var i = 0; i < gram.Length; i++)
        {
            gram[i] = new double[i + 1];
            gram[i][i] = ridge;
        }

        foreach (var customer in customers)
        {
            var own = customer.Select(p => places[p]).Where(p => p >= 0).ToArray();
            foreach (var i in own)
            {
                foreach (var j in own)
                {
                    if (j <= i)
                    {
                        gram[i][j]++;
                    }
                }
            }
        }

        var inverse = SymmetricInverse.Of(gram);
        var diagonal = Enumerable.Range(0, most.Length).Select(i => inverse[i, i]).ToArray();
        var rows = new IEnumerable<(int, float)>[products];
        Array.Fill(rows, []);
        Parallel.For(0, most.Length, i =>
        {
            var row = new float[most.Length];
            for (var j = 0; j < row.Length; j++)
            {
                row[j] = j == i ? 0 : (float)(-inverse[i, j] / diagonal[j]);
            }

            rows[most[i]] = [.. Selection.Top(row, kept).Select(j => (most[j], row[j]))];
        });
        return SparseRows.Of(rows);
    }

    private static (int[] Most, int[] Places) MostSold(IReadOnlyList<int[]> customers, int products)
    {
        var buyers = new int[products];
        foreach (var product in customers.SelectMany(c => c))
        {
            buyers[product]++;
        }

        var sold = Enumerable.Range(0, products).Where(p => buyers[p] > 0);
        int[] most = [.. sold.OrderByDescending(p => buyers[p]).ThenBy(p => p).Take(Most)];
        var places = new int[products];
        Array.Fill(places, -1);
        for (var i = 0; i < most.Length; i++)
        {
            places[most[i]] = i;
        }

        return (most, places);
    }
}
