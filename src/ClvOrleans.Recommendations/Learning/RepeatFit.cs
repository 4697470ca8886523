using System.Collections.Immutable;
using ClvOrleans.Recommendations.Models;

namespace ClvOrleans.Recommendations.Learning;

/// <summary>Fits how products are bought again.</summary>
internal static class RepeatFit
{
    // Baskets and gaps that the store's own figures count as.
    private const double PriorBaskets = 20;
    private const double PriorGaps = 10;
    private const double UnknownGap = 30;

    public static ImmutableArray<RepeatRate> Fit(IReadOnlyList<BasketSequence> customers, int products)
    {
        var (chances, repeats) = (new double[products], new double[products]);
        var gaps = new List<double>[products];
        foreach (var customer in customers)
        {
            Count(customer, chances, repeats, gaps);
        }

        var rate = chances.Sum() is > 0 and var sum ? repeats.Sum() / sum : 0;
        var medians = gaps.Select(g => g is null ? null : Median(g)).ToArray();
        var all = Median([.. gaps.OfType<List<double>>().SelectMany(g => g)]) ?? UnknownGap;
        return
        [
            .. Enumerable.Range(0, products).Select(p => new RepeatRate(
                (float)((repeats[p] + (PriorBaskets * rate)) / (chances[p] + PriorBaskets)),
                (float)Shrunk(medians[p], gaps[p]?.Count ?? 0, all))),
        ];
    }

    private static void Count(BasketSequence customer, double[] chances, double[] repeats, List<double>[] gaps)
    {
        var last = new Dictionary<int, int>();
        for (var b = 0; b < customer.Count; b++)
        {
            foreach (var known in last.Keys)
            {
                chances[known]++;
            }

            foreach (var product in customer.ProductsOf(b))
            {
                if (last.TryGetValue(product, out var before))
                {
                    repeats[product]++;
                    (gaps[product] ??= []).Add(Math.Max(1, customer.DayOf(b) - before));
                }

                last[product] = customer.DayOf(b);
            }
        }
    }

    private static double Shrunk(double? median, int count, double all) => median is null
        ? all
        : Math.Exp(((count * Math.Log(median.Value)) + (PriorGaps * Math.Log(all))) / (count + PriorGaps));

    private static double? Median(List<double> values)
    {
        values.Sort();
        return values.Count == 0 ? null : (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
    }
}
