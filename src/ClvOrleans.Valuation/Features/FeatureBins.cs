using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;
using MathNet.Numerics.Distributions;

namespace ClvOrleans.Valuation.Features;

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
    public static ImmutableArray<FeatureDrift> Compare(
        ImmutableArray<FeatureBins> then, IEnumerable<CustomerSummary> customers, DateOnly day)
    {
        var tally = new FeatureTally(then, day);
        foreach (var customer in customers)
        {
            tally.Add(customer);
        }

        return tally.Compare();
    }

    /// <summary>Cuts some values at their deciles.</summary>
    internal static FeatureBins Of(string feature, double[] values)
    {
        var sorted = values.Order().ToArray();
        double[] edges = [
            .. Enumerable.Range(1, Most - 1).Select(i => sorted[((sorted.Length * i) - 1) / Most]).Distinct().Where(e => e < sorted[^1])
        ];
        return new FeatureBins(feature, [.. edges], Count(edges, sorted));
    }

    /// <summary>
    /// Population stability index, Σ (q - p) ln (q / p) over the bins, half a buyer added to each so that an empty one does not make it
    /// infinite. Its limit is <see cref="Shifted"/>, or for few buyers what chance exceeds once in a thousand: of an unchanged population
    /// of n and m buyers it is χ² with bins - 1 degrees of freedom, times 1/n + 1/m (Yurdakul 2018).
    /// </summary>
    internal FeatureDrift Compare(double[] values) => Compare(Count([.. Edges], values));

    /// <summary>The same of values that are counted already.</summary>
    /// <param name="now">How many are in each bin.</param>
    internal FeatureDrift Compare(IReadOnlyList<long> now)
    {
        var (then, bins, all) = (Counts.Sum(), Counts.Length, now.Sum());
        var index = 0.0;
        for (var i = 0; i < bins; i++)
        {
            var (p, q) = ((Counts[i] + .5) / (then + (.5 * bins)), (now[i] + .5) / (all + (.5 * bins)));
            index += (q - p) * Math.Log(q / p);
        }

        var chance = bins == 1 ? 0 : ChiSquared.InvCDF(bins - 1, .999) * ((1.0 / then) + (1.0 / all));
        return new FeatureDrift(Feature, index, Math.Max(Shifted, chance));
    }

    /// <summary>The bin of a value.</summary>
    internal static int BinOf(double[] edges, double value)
    {
        var at = Array.BinarySearch(edges, value);
        return at < 0 ? ~at : at;
    }

    private static CustomerSummary[] Buyers(IEnumerable<CustomerSummary> customers, DateOnly day) =>
        [.. customers.Where(c => c.PurchaseDays.Length > 0 && c.PurchaseDays[0].Day <= day)];

    private static ImmutableArray<long> Count(double[] edges, double[] values)
    {
        var counts = new long[edges.Length + 1];
        foreach (var value in values)
        {
            counts[BinOf(edges, value)]++;
        }

        return [.. counts];
    }
}
