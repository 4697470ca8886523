using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Valuation.Features;

/// <summary>
/// Counts how the watched features are spread over buyers who are read one after the other, and compares it with a training's.
/// </summary>
/// <param name="then">The bins of the training.</param>
/// <param name="day">The day as of which the buyers are looked at.</param>
public sealed class FeatureTally(ImmutableArray<FeatureBins> then, DateOnly day)
{
    private readonly (FeatureBins Bins, DriftFeature Feature, double[] Edges, long[] Counts)[] _features =
    [
        .. from bins in then
           join feature in DriftFeature.All on bins.Feature equals feature.Name
           select (bins, feature, bins.Edges.ToArray(), new long[bins.Counts.Length]),
    ];

    private long _buyers;

    /// <summary>Counts a customer, if they had bought by the day.</summary>
    public void Add(CustomerSummary customer)
    {
        if (customer.PurchaseDays.IsEmpty || customer.PurchaseDays[0].Day > day)
        {
            return;
        }

        _buyers++;
        foreach (var (_, feature, edges, counts) in _features)
        {
            counts[FeatureBins.BinOf(edges, feature.Of(customer, day))]++;
        }
    }

    /// <summary>How far each feature has moved; empty where nobody had bought.</summary>
    public ImmutableArray<FeatureDrift> Compare() => _buyers == 0 ? [] : [.. _features.Select(f => f.Bins.Compare(f.Counts))];
}
