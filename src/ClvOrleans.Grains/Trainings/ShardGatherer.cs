using System.Collections.Immutable;
using ClvOrleans.Contracts;
using ClvOrleans.Model.Customers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace ClvOrleans.Grains.Trainings;

/// <summary>
/// Gathers a store's buyers from its shards, a few at a time. A shard whose silo dies is read again from its begin, and what had come of it
/// is thrown away: all of a shard is in the set once, or the gathering fails.
/// </summary>
public sealed partial class ShardGatherer(IGrainFactory grains, IOptions<GatherOptions> options, ILogger<ShardGatherer> logger)
{
    /// <summary>All customers of a store who have paid by one of the days, in no order.</summary>
    /// <param name="store">The store.</param>
    /// <param name="days">Local days in ascending order, at least one.</param>
    /// <param name="progress">Is told how many customers are there so far, shard by shard.</param>
    /// <param name="cancellation">Stops it, and the reading on the silos.</param>
    public async Task<IReadOnlyCollection<CustomerCuts>> GatherAsync(
        StoreId store, ImmutableArray<DateOnly> days, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        var all = new List<CustomerCuts>();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, CustomerId.Shards),
            new ParallelOptions { MaxDegreeOfParallelism = options.Value.AtOnce, CancellationToken = cancellation },
            async (shard, cancelled) =>
            {
                var customers = await ReadAsync(store, shard, days, cancelled);
                lock (all)
                {
                    all.AddRange(customers);
                    progress?.Report(all.Count);
                }
            });
        return all;
    }

    private async Task<List<CustomerCuts>> ReadAsync(StoreId store, int shard, ImmutableArray<DateOnly> days, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var customers = new List<CustomerCuts>();
                await foreach (var reply in grains.GetTrainingShard(store, shard).GatherAsync(days, cancellation)
                    .WithBatchSize(options.Value.Batch).WithCancellation(cancellation))
                {
                    customers.Add(reply.Customer);
                }

                return customers;
            }
            catch (Exception e) when (attempt < options.Value.Attempts && HasLostItsSilo(e))
            {
                LogLost(e, shard, store);
            }
        }
    }

    private static bool HasLostItsSilo(Exception e) =>
        e is SiloUnavailableException or OrleansMessageRejectionException or EnumerationAbortedException or TimeoutException;

    [LoggerMessage(LogLevel.Warning, "Shard {Shard} of store {Store} was lost while a training read it; it is read again.")]
    private partial void LogLost(Exception error, int shard, StoreId store);
}
