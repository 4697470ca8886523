using System.Collections.Immutable;
using ClvOrleans.Contracts.Segments;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Reports.Disclosure;
using ClvOrleans.Valuation.Clusters;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>The clusters of the store: groups of customers who buy alike.</summary>
internal sealed record ClusterReport
{
    private const string Untrained = "No training has looked for clusters yet: clv train, or the night after the first purchases.";

    /// <summary>How old the figures are.</summary>
    public required FiguresAge Age { get; init; }

    /// <summary>The currency of all money here, ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>How many days predictions look ahead.</summary>
    public required int HorizonDays { get; init; }

    /// <summary>The promoted model, with which the clusters came.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>Why these clusters, or why there are none.</summary>
    public required string Reason { get; init; }

    /// <summary>
    /// Mean silhouette width of the buyers of the last training, -1 to 1: up to .25 there is no structure, from .5 on a reasonable one.
    /// Null where nothing could be judged.
    /// </summary>
    public double? Silhouette { get; init; }

    /// <summary>Last day of the data in which the middles were found; null where there are no clusters.</summary>
    public DateOnly? FoundOn { get; init; }

    /// <summary>The clusters, by id.</summary>
    public required IReadOnlyList<ClusterReply> Clusters { get; init; }

    /// <summary>Customers who have bought and are in none of these, as while they wait to be looked at.</summary>
    public long? Unclustered { get; init; }

    public static ClusterReport Of(SegmentReport report, StoreSettings store, IValueModel model)
    {
        var clustering = model.Version.Segmentation?.Clustering ?? Clustering.None(Untrained, 0);
        var sums = report.Clusters ?? ImmutableSortedDictionary<string, SegmentSums>.Empty;
        var clusters = clustering.Clusters.Select(c => (Cluster: c, Sums: sums.GetValueOrDefault(c.Id.ToString()))).ToArray();
        var unclustered = report.BuyerRows.Sum(r => r.Sums.Customers) - clusters.Sum(c => c.Sums.Customers);
        var small = SmallGroups.Of(
            clusters.Select(c => KeyValuePair.Create(c.Cluster.Id.ToString(), c.Sums.Customers))
                .Append(KeyValuePair.Create("", unclustered)),
            store.SmallestGroup);
        return new ClusterReport
        {
            Age = FiguresAge.Of(report),
            Currency = store.Currency.Code,
            HorizonDays = store.Horizon.Days,
            ModelVersion = model.Version.Id,
            Reason = clustering.Reason,
            Silhouette = clustering.Silhouette,
            FoundOn = clustering.FoundOn,
            Clusters = [.. clusters.Select(c => ClusterReply.Of(
                c.Cluster, clustering, small.Contains(c.Cluster.Id.ToString()) ? null : c.Sums, store, model.Intervals))],
            Unclustered = small.Contains("") ? null : unclustered,
        };
    }
}
