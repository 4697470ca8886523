using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Segments;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Valuation.Clusters;
using ClvOrleans.Valuation.Rfm;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Grains.Segments;

/// <summary>The last contribution of each customer of a shard, and what they add up to.</summary>
internal sealed class ShardLedger
{
    private readonly Dictionary<CustomerId, Contribution> _contributions = [];
    private readonly Dictionary<SegmentCell, SegmentSums> _cells = [];
    private readonly Dictionary<SegmentId, SegmentSums> _segments = [];
    private readonly Dictionary<RfmScore, SegmentSums> _scores = [];
    private readonly Dictionary<ClusterId, SegmentSums> _clusters = [];

    /// <summary>The last commit that is in.</summary>
    public long Commit { get; private set; }

    /// <summary>The contributions of customers that there are: of those who became another customer none is kept.</summary>
    public IEnumerable<Contribution> Contributions => _contributions.Values;

    /// <summary>The customers that there are.</summary>
    public IEnumerable<CustomerId> Customers => _contributions.Keys;

    /// <summary>The sums by cell; cells without customers are left out.</summary>
    public ImmutableDictionary<SegmentCell, SegmentSums> ToSums() => _cells.ToImmutableDictionary();

    /// <summary>The sums by own segment, by name; segments without customers are left out.</summary>
    public ImmutableSortedDictionary<string, SegmentSums> ToOwnSegments() =>
        _segments.ToImmutableSortedDictionary(s => s.Key.Value, s => s.Value, StringComparer.Ordinal);

    /// <summary>The sums by cell of the RFM grid; cells without customers are left out.</summary>
    public ImmutableSortedDictionary<string, SegmentSums> ToRfm() => Named(_scores);

    /// <summary>The sums by cluster, by id; clusters without customers are left out.</summary>
    public ImmutableSortedDictionary<string, SegmentSums> ToClusters() => Named(_clusters);

    /// <summary>
    /// Takes in a later commit, which holds the customer's whole contribution as it is now: it replaces whatever was there. What throws
    /// throws before anything is changed.
    /// </summary>
    public void Apply(ShardChange change)
    {
        var (old, now) = (_contributions.GetValueOrDefault(change.Customer), change.Contribution);
        var cells = Moved(_cells, old?.Cell, now.Cell, old, now);
        var scores = Moved(_scores, old?.Rfm, now.Rfm, old, now);
        var clusters = Moved(_clusters, old?.Cluster, now.Cluster, old, now);
        var segments = Moved(old, now);

        Commit = change.Commit;
        Set(_cells, old?.Cell, cells.Left);
        Set(_cells, now.Cell, cells.Joined);
        Set(_scores, old?.Rfm, scores.Left);
        Set(_scores, now.Rfm, scores.Joined);
        Set(_clusters, old?.Cluster, clusters.Left);
        Set(_clusters, now.Cluster, clusters.Joined);
        foreach (var (segment, sums) in segments)
        {
            Set(_segments, segment, sums);
        }

        if (now.Cell is null)
        {
            _contributions.Remove(change.Customer);
        }
        else
        {
            _contributions[change.Customer] = now;
        }
    }

    private static ImmutableSortedDictionary<string, SegmentSums> Named<T>(Dictionary<T, SegmentSums> sums)
        where T : struct => sums.ToImmutableSortedDictionary(s => s.Key.ToString()!, s => s.Value, StringComparer.Ordinal);

    // What the place that a customer leaves and the one that they join add up to then; the joined one last where both are the same.
    private static (SegmentSums? Left, SegmentSums? Joined) Moved<T>(
        Dictionary<T, SegmentSums> all, T? from, T? to, Contribution? old, Contribution now)
        where T : struct
    {
        SegmentSums? left = from is { } place ? all.GetValueOrDefault(place) - old!.Sums : null;
        SegmentSums? joined = to is { } next ? (next.Equals(from) ? left!.Value : all.GetValueOrDefault(next)) + now.Sums : null;
        return (left, joined);
    }

    private List<(SegmentId Segment, SegmentSums Sums)> Moved(Contribution? old, Contribution now)
    {
        var (from, to) = (old?.Segments ?? default, now.Segments);
        var moved = new List<(SegmentId, SegmentSums)>();
        foreach (var segment in from.Ids)
        {
            var left = _segments.GetValueOrDefault(segment) - old!.Sums;
            moved.Add((segment, to.Contains(segment) ? left + now.Sums : left));
        }

        foreach (var segment in to.Ids)
        {
            if (!from.Contains(segment))
            {
                moved.Add((segment, _segments.GetValueOrDefault(segment) + now.Sums));
            }
        }

        return moved;
    }

    private static void Set<T>(Dictionary<T, SegmentSums> all, T? at, SegmentSums? sums)
        where T : struct
    {
        if (at is not { } place || sums is not { } sum)
        {
            return;
        }

        if (sum == default)
        {
            all.Remove(place);
        }
        else
        {
            all[place] = sum;
        }
    }
}
