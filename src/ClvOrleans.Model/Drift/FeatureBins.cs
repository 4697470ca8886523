using System.Collections.Immutable;
using ClvOrleans.Model.Customers;
using MathNet.Numerics.Distributions;

namespace ClvOrleans.Model.Drift;

/// <summary>How a feature was spread over the buyers of a training: what later spreads are compared with.</summary>
/// <param name="Feature">Its name.</param>
/// <param name="Edges">Upper ends, included, of all bins but the last: deciles, equal ones once, in order.</param>
/// <param name="Counts">Buyers in each bin; one bin more than edges.</param>
public sealed record FeatureBins(string Feature, ImmutableArray<double> Edges, ImmutableArray<long> Counts)
{
    /// <summary>Above this a population is held to have shifted (the rule of credit scoring).</summary>
    public const double Shifted = .25;

    private const int Most = 10;

    /// <summary>The spread of every watched feature as of a day; empty where nobody has bought.</summary>
    public static ImmutableArray<FeatureBins> Of(IEnumerable<CustomerSummary> customers, DateOnly day)
    {
        var buyers = Buyers(customers, day);
        return buyers.Length == 0 ? [] : [.. DriftFeature.All.Select(f => Of(f.Name, Array.ConvertAll(buyers, c => f.Of(c, day))))];
    }

    /// <summary>Compares the buyers as of a day with those of these bins.</summary>
    public static ImmutableArray<FeatureDrift> Compare(ImmutableArray<FeatureBins> then, IEnumerable<CustomerSummary> customers, DateOnly day)
    {
        var buyers = Buyers(customers, day);
        return buyers.Length == 0
            ? []
            : [.. from bins in then
                  join feature in DriftFeature.All on bins.Feature equals feature.Name
                  select bins.Compare(Array.ConvertAll(buyers, c => feature.Of(c, day)))];
    }

    /// <summary>Cuts some values at their deciles.</summary>
    internal static FeatureBins Of(string feature, double[] values)
    {
        var sorted = values.Order().ToArray();
        double[] edges = [.. Enumerable.Range(1, Most - 1).Select(i => sorted[((sorted.Length * i) - 1) / Most]).Distinct().Where(e => e < sorted[^1])];
        return new FeatureBins(feature, [.. edges], Count(edges, sorted));
    }

    /// <summary>
    /// Population stability index, Σ (q - p) ln (q / p) over the bins, half a buyer added to each so that an empty one does not make it
    /// infinite. Its limit is <see cref="Shifted"/>, or for few buyers what chance exceeds once in a thousand: of an unchanged population of n
    /// and m buyers it is χ² with bins - 1 degrees of freedom, times 1/n + 1/m (Yurdakul 2018).
    /// </summary>
    internal FeatureDrift Compare(double[] values)
    {
        var now = Count([.. Edges], values);
        var (then, bins) = (Counts.Sum(), Counts.Length);
        var index = 0.0;
        for (var i = 0; i < bins; i++)
        {
            var (p, q) = ((Counts[i] + .5) / (then + (.5 * bins)), (now[i] + .5) / (values.Length + (.5 * bins)));
            index += (q - p) * Math.Log(q / p);
        }

        var chance = bins == 1 ? 0 : ChiSquared.InvCDF(bins - 1, .999) * ((1.0 / then) + (1.0 / values.Length));
        return new FeatureDrift(Feature, index, Math.Max(Shifted, chance));
    }

    private static CustomerSummary[] Buyers(IEnumerable<CustomerSummary> customers, DateOnly day) =>
        [.. customers.Where(c => c.PurchaseDays.Length > 0 && c.PurchaseDays[0].Day <= day)];

    private static ImmutableArray<long> Count(double[] edges, double[] values)
    {
        var counts = new long[edges.Length + 1];
        foreach (var value in values)
        {
            var at = Array.BinarySearch(edges, value);
            counts[at < 0 ? ~at : at]++;
        }

        return [.. counts];
    }
}
