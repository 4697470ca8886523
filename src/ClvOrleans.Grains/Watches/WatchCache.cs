using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Grains.Watches;

/// <summary>
/// The silo's compiled watches: current on the silo that changed a definition, at most five seconds old on others. A look by older ones
/// than another silo's is noticed where the row is written, and repeated.
/// </summary>
public sealed class WatchCache(IEnumerable<IWatchSource> sources, IStores stores, TimeProvider time)
{
    /// <summary>How old the watches of a silo may be.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromSeconds(5);

    private readonly IWatchSource[] _sources = [.. sources];
    private readonly StoreCache<WatchList> _lists = new(Age, time);

    /// <summary>What is watched in a store.</summary>
    public ValueTask<WatchList> OfAsync(StoreId store) =>
        _lists.TryFind(store, out var known) ? new(known) : new(_lists.ReadAsync(store, () => ReadAsync(store)));

    /// <summary>Has the next look of this silo read the definitions of a store anew.</summary>
    public void Forget(StoreId store) => _lists.Forget(store);

    private async Task<WatchList> ReadAsync(StoreId store)
    {
        var settings = stores.Find(store);
        var read = new List<(WatchKind Kind, WatchDefinitions Definitions)>(_sources.Length);
        foreach (var source in _sources)
        {
            read.Add((source.Kind, await source.ReadAsync(settings)));
        }

        var version = new WatchVersion(RevisionOf(WatchKind.Segment), RevisionOf(WatchKind.Policy));
        return _lists.FindLast(store) is { } known && known.Version == version ? known
            : version == default ? WatchList.None
            : new WatchList(version, read.SelectMany(r => r.Definitions.Compile()));

        long RevisionOf(WatchKind kind) => read.Where(r => r.Kind == kind).Sum(r => r.Definitions.Revision);
    }
}
