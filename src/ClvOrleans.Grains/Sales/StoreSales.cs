using System.Collections.Concurrent;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Reports.Sales;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Privacy;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Grains.Sales;

/// <summary>
/// The silo's copy of what the customers of stores bought, for reports and demand. It is folded from the journal when it is first asked
/// for; after that each look follows the customer rows by commit number and folds those anew who have moved. What was acknowledged on any
/// silo is in the next answer of every silo, whether it was a purchase, a refund, a merge or an erasure (ADR 35).
/// </summary>
public sealed partial class StoreSales(
    IEventHistory history, IJournal journal, ICustomerRows rows, IErasures erasures, IStores stores, IOptions<SalesOptions> options,
    TimeProvider time, ILogger<StoreSales> logger) : IDisposable
{
    private readonly ConcurrentDictionary<StoreId, SalesFollower> _followers = new();

    /// <summary>All who have bought, as of now, in order of id.</summary>
    /// <exception cref="TooManySalesException">They take more memory than this silo may give them.</exception>
    public async Task<IReadOnlyList<Buyer>> OfAsync(StoreId store, CancellationToken cancellation = default)
    {
        try
        {
            return await FollowerOf(stores.Find(store)).ReadAsync(cancellation);
        }
        catch (TooManySalesException)
        {
            LogTooMany(store, options.Value.MostMegabytes);
            throw;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var follower in _followers.Values)
        {
            follower.Dispose();
        }
    }

    // Sales are folded by the margin, the currency and the time zone. Who still reads the one before has the answer of a moment ago.
    private SalesFollower FollowerOf(StoreSettings store) => _followers.AddOrUpdate(
        store.Id, _ => Follow(store), (_, known) => known.Store == store ? known : Follow(store));

    private SalesFollower Follow(StoreSettings store) =>
        new(store, history, journal, rows, erasures, options.Value.MostMegabytes, time);

    [LoggerMessage(4301, LogLevel.Warning, "The purchases of store {Store} take more than {Megabytes} MB: no reports and no demand.")]
    private partial void LogTooMany(StoreId store, int megabytes);
}
