using System.Collections.Concurrent;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Stock;

namespace ClvOrleans.Grains.Recommendations;

/// <summary>
/// The silo's copy of what stores have to sell. Each look asks storage what has changed since, so that what was acknowledged on any silo
/// is in the next answer of every silo; only what changed is read.
/// </summary>
public sealed class ShelfCache(IProductShelf shelf)
{
    private readonly ConcurrentDictionary<StoreId, StoreShelf> _shelves = new();

    /// <summary>A store's shelf as of now.</summary>
    public async ValueTask<StoreShelf> OfAsync(StoreId store, CancellationToken cancellation = default)
    {
        var known = _shelves.GetValueOrDefault(store, StoreShelf.Empty);
        var changes = await shelf.ChangesAsync(store, known.Revision, cancellation);
        if (changes.Count == 0)
        {
            return known;
        }

        // Two that look at once read the same: the newer one stays.
        var now = known.With(changes);
        _shelves.AddOrUpdate(store, now, (_, other) => other.Revision > now.Revision ? other : now);
        return now;
    }
}
