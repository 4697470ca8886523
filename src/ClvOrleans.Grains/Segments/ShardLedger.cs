using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Grains.Segments;

/// <summary>The last contribution of each customer of a shard, and what they add up to.</summary>
internal sealed class ShardLedger
{
    private readonly Dictionary<CustomerId, Contribution> _contributions = [];
    private readonly Dictionary<SegmentCell, SegmentSums> _cells = [];

    /// <summary>The last commit that is in.</summary>
    public long Commit { get; private set; }

    /// <summary>The contributions of customers that there are: of those who became another customer none is kept.</summary>
    public IEnumerable<Contribution> Contributions => _contributions.Values;

    /// <summary>The sums by cell; cells without customers are left out.</summary>
    public ImmutableDictionary<SegmentCell, SegmentSums> ToSums() => _cells.ToImmutableDictionary();

    /// <summary>
    /// Takes in a later commit, which holds the customer's whole contribution as it is now: it replaces whatever was there. What throws
    /// throws before anything is changed.
    /// </summary>
    public void Apply(ShardChange change)
    {
        var (old, now) = (_contributions.GetValueOrDefault(change.Customer), change.Contribution);
        SegmentSums? left = old?.Cell is { } from ? _cells.GetValueOrDefault(from) - old.Sums : null;
        SegmentSums? joined = now.Cell is { } to ? (to == old?.Cell ? left!.Value : _cells.GetValueOrDefault(to)) + now.Sums : null;

        Commit = change.Commit;
        Set(old?.Cell, left);
        Set(now.Cell, joined);
        if (now.Cell is null)
        {
            _contributions.Remove(change.Customer);
        }
        else
        {
            _contributions[change.Customer] = now;
        }
    }

    private void Set(SegmentCell? cell, SegmentSums? sums)
    {
        if (cell is not { } at || sums is not { } sum)
        {
            return;
        }

        if (sum == default)
        {
            _cells.Remove(at);
        }
        else
        {
            _cells[at] = sum;
        }
    }
}
