using System.Collections.Immutable;
using ClvOrleans.Contracts;
using ClvOrleans.Contracts.Trainings;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Privacy;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Privacy;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace ClvOrleans.Grains.Trainings;

/// <summary>
/// Collects the as-of snapshots of those who have bought in a store from its shards, a few at a time. A shard whose silo dies is read again
/// from its start, and what had come of it is discarded: all of a shard is in the set once, or the collection fails.
/// </summary>
/// <remarks>
/// Shards are read one after the other while the store goes on. Whoever is joined to another customer meanwhile could be in the set twice,
/// as themselves and within the other, or not at all: the customer rows tell who that is, and these few are read again.
/// </remarks>
public sealed partial class ShardCollector(
    IGrainFactory grains, ICustomerRows rows, IJournal journal, IErasures erasures, IStores stores,
    IOptions<CollectionOptions> options, ILogger<ShardCollector> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>All customers of a store who have bought by one of the days, in no order.</summary>
    /// <param name="store">The store.</param>
    /// <param name="days">Local days in ascending order, at least one.</param>
    /// <param name="progress">Is told how many customers are there so far, shard by shard.</param>
    /// <param name="cancellation">Stops it, and the reading on the silos.</param>
    public Task<IReadOnlyCollection<AsOfSnapshots>> CollectAsync(
        StoreId store, ImmutableArray<DateOnly> days, Action<int>? progress = null, CancellationToken cancellation = default) =>
        CollectAsync(store, days, snapshots => snapshots, progress, cancellation);

    /// <summary>What is kept of each customer of a store who has bought by one of the days, in no order.</summary>
    /// <param name="store">The store.</param>
    /// <param name="days">Local days in ascending order, at least one.</param>
    /// <param name="keep">What is kept of a customer; asked from several threads.</param>
    /// <param name="progress">Is told how many customers are there so far, shard by shard.</param>
    /// <param name="cancellation">Stops it, and the reading on the silos.</param>
    public async Task<IReadOnlyCollection<T>> CollectAsync<T>(
        StoreId store, ImmutableArray<DateOnly> days, Func<AsOfSnapshots, T> keep, Action<int>? progress = null,
        CancellationToken cancellation = default)
    {
        var all = new Dictionary<CustomerId, T>();
        var commits = await CommitsAsync(store, cancellation);
        await Parallel.ForEachAsync(
            stores.Find(store).Shards.All,
            new ParallelOptions { MaxDegreeOfParallelism = options.Value.AtOnce, CancellationToken = cancellation },
            async (shard, cancelled) =>
            {
                var customers = await ReadAsync(
                    store, shard, s => s.CollectAsync(days, cancelled), c => (c.Customer.Id, Kept: keep(c.Customer)), cancelled);
                lock (all)
                {
                    customers.ForEach(c => all[c.Id] = c.Kept);
                    progress?.Invoke(all.Count);
                }
            });
        while (true)
        {
            var before = commits;
            commits = await CommitsAsync(store, cancellation);
            if (await JoinedAsync(store, before, new ErasedChanges(erasures, () => all.Keys), cancellation) is not { Count: > 0 } joined)
            {
                return all.Values;
            }

            foreach (var from in joined)
            {
                all.Remove(from);
                if ((await journal.FindTipAsync(from, cancellation)).MovedTo is { } to)
                {
                    await ReadAgainAsync(to, days, keep, all, cancellation);
                }
            }
        }
    }

    /// <summary>
    /// What customers have bought by the end of a day, in no order. Whoever is joined to another while it is read may be there twice: among
    /// all, that decides nothing.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="until">The day.</param>
    /// <param name="cancellation">Stops it, and the reading on the silos.</param>
    public async Task<IReadOnlyCollection<BasketsReply>> BasketsAsync(
        StoreId store, DateOnly until, CancellationToken cancellation = default)
    {
        var all = new List<BasketsReply>();
        await Parallel.ForEachAsync(
            stores.Find(store).Shards.All,
            new ParallelOptions { MaxDegreeOfParallelism = options.Value.AtOnce, CancellationToken = cancellation },
            async (shard, cancelled) =>
            {
                var customers = await ReadAsync(store, shard, s => s.BasketsAsync(until, cancelled), c => c, cancelled);
                lock (all)
                {
                    all.AddRange(customers);
                }
            });
        return all;
    }

    private async Task<long[]> CommitsAsync(StoreId store, CancellationToken cancellation)
    {
        var commits = new long[stores.Find(store).Shards.Value];
        for (var shard = 0; shard < commits.Length; shard++)
        {
            commits[shard] = await rows.FindCommitAsync(store, shard, cancellation);
        }

        return commits;
    }

    private async Task<List<CustomerId>> JoinedAsync(
        StoreId store, long[] since, ErasedChanges erased, CancellationToken cancellation)
    {
        var joined = new List<CustomerId>();
        for (var shard = 0; shard < since.Length; shard++)
        {
            await foreach (var change in rows.ChangesAsync(store, shard, since[shard], cancellation))
            {
                if (change.Contribution.Cell is null)
                {
                    joined.Add((await erased.ResolveAsync(change)).Customer);
                }
            }
        }

        return joined;
    }

    private async Task ReadAgainAsync<T>(
        CustomerId customer, ImmutableArray<DateOnly> days, Func<AsOfSnapshots, T> keep, Dictionary<CustomerId, T> all,
        CancellationToken cancellation)
    {
        all.Remove(customer);
        var events = (await journal.ReadAsync(customer, 0, cancellation)).Select(e => e.Event);
        if (CustomerTimeline.Of(customer, events, stores.Find(customer.Store)).Pack(days) is { HasBought: true } snapshots)
        {
            all[customer] = keep(snapshots);
        }
    }

    private async Task<List<T>> ReadAsync<TReply, T>(
        StoreId store, int shard, Func<ITrainingShardGrain, IAsyncEnumerable<TReply>> ask, Func<TReply, T> keep,
        CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var customers = new List<T>();
                await foreach (var reply in ask(grains.GetTrainingShard(store, shard))
                    .WithBatchSize(options.Value.Batch).WithCancellation(cancellation))
                {
                    customers.Add(keep(reply));
                }

                return customers;
            }
            catch (Exception e) when (
                attempt < options.Value.Attempts && HasLostItsSilo(e) && !cancellation.IsCancellationRequested)
            {
                // While another silo stops it refuses at once, again and again.
                LogLost(e, shard, store);
                await Task.Delay(Pause * attempt, TimeProvider.System, cancellation);
            }
        }
    }

    internal static bool HasLostItsSilo(Exception e) =>
        e is SiloUnavailableException or OrleansMessageRejectionException or EnumerationAbortedException or TimeoutException;

    [LoggerMessage(3005, LogLevel.Warning, "Shard {Shard} of store {Store} was lost while a training read it; it is read again.")]
    private partial void LogLost(Exception error, int shard, StoreId store);
}
