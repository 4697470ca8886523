using System.Collections.Concurrent;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Reports.Sales;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Privacy;

namespace ClvOrleans.Grains.Sales;

/// <summary>
/// The silo's copy of what the customers of stores bought, for reports and demand. It is folded from the journal when it is first asked
/// for; after that each look follows the customer rows by commit number and folds those anew who have moved. What was acknowledged on any
/// silo is in the next answer of every silo, whether it was a purchase, a refund, a merge or an erasure (ADR 35).
/// </summary>
public sealed class StoreSales(IEventHistory history, IJournal journal, ICustomerRows rows, IErasures erasures, IStores stores)
    : IDisposable
{
    private readonly ConcurrentDictionary<StoreId, SalesFollower> _followers = new();

    /// <summary>All who have bought, as of now, in order of id.</summary>
    public Task<IReadOnlyList<Buyer>> OfAsync(StoreId store, CancellationToken cancellation = default) =>
        _followers.GetOrAdd(store, id => new SalesFollower(stores.Find(id), history, journal, rows, erasures)).ReadAsync(cancellation);

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var follower in _followers.Values)
        {
            follower.Dispose();
        }
    }
}
