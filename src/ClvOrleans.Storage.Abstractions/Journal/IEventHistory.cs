using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Storage.Journal;

/// <summary>All that the journal holds, for training and backtests.</summary>
public interface IEventHistory
{
    /// <summary>The events of the customers of one shard, a customer after the other, each in order of sequence; streamed.</summary>
    /// <param name="store">The store.</param>
    /// <param name="shard">The shard, 0 to one less than the store's number of them.</param>
    /// <param name="cancellation">Ends the reading.</param>
    IAsyncEnumerable<(CustomerId Customer, CustomerEvent Event)> ReadAsync(
        StoreId store, int shard, CancellationToken cancellation = default);
}
