using ClvOrleans.Contracts;
using ClvOrleans.Contracts.Segments;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Stores;
using Microsoft.Extensions.Logging;

namespace ClvOrleans.Grains.Segments;

/// <inheritdoc cref="IRefreshGrain" />
/// <remarks>
/// A round that its silo does not end is begun again by the next watch, on another. Old behaviour is packed beside it: the first time in
/// a large store takes hours.
/// </remarks>
[GrainType("refresh")]
internal sealed partial class RefreshGrain(
    IEnumerable<IPruning> all, BehaviourPacking behaviour, IStores stores, TimeProvider time, ILogger<RefreshGrain> logger)
    : Grain, IRefreshGrain, IDisposable
{
    private DateTimeOffset? _pruned;
    private readonly CancellationTokenSource _leaving = new();
    private DateOnly? _packedOn;
    private Task _round = Task.CompletedTask;
    private Task _packing = Task.CompletedTask;

    private bool IsLeaving => _leaving.IsCancellationRequested;

    private StoreId Store => GrainKeys.ToStore(this.GetPrimaryKeyString());

    /// <inheritdoc />
    public Task WatchAsync()
    {
        _round = _round.IsCompleted ? RenewAsync() : _round;
        _packing = _packing.IsCompleted ? PackAsync() : _packing;
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _leaving.CancelAsync();

    /// <inheritdoc />
    public void Dispose() => _leaving.Dispose();

    // Customers with a watch that turns come first, in all shards. Days on which they turn next are solved last, some in each round: who
    // has none by midnight is looked at with those who turn.
    private async Task RenewAsync()
    {
        await EachAsync(shard => shard.TurnAsync());
        await EachAsync(shard => shard.RefreshAsync());
        await EachAsync(async shard => await shard.SolveAsync() || true);
        await PruneAsync();
    }

    private async Task PruneAsync()
    {
        var now = time.GetUtcNow();
        if (IsLeaving || !stores.IsOpen(Store) || (_pruned is { } last && now < last.AddDays(1) && now >= last))
        {
            return;
        }

        try
        {
            foreach (var pruning in all)
            {
                await pruning.PruneAsync(Store, now);
            }

            _pruned = now;
        }
        catch (Exception e)
        {
            LogNotPruned(e, Store);
        }
    }

    private async Task PackAsync()
    {
        var now = time.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        if (IsLeaving || !stores.IsOpen(Store) || _packedOn == today)
        {
            return;
        }

        try
        {
            await behaviour.PackAsync(Store, now, _leaving.Token);
            _packedOn = today;
        }
        catch (OperationCanceledException) when (IsLeaving)
        {
            // The next activation goes on.
        }
        catch (Exception e)
        {
            LogNotPruned(e, Store);
        }
    }

    private async Task EachAsync(Func<IShardGrain, Task<bool>> work)
    {
        var shards = stores.IsOpen(Store) ? stores.Find(Store).Shards.All : [];
        foreach (var shard in shards.TakeWhile(_ => !IsLeaving && stores.IsOpen(Store)))
        {
            try
            {
                while (!await work(GrainFactory.GetShard(Store, shard)) && !IsLeaving)
                {
                    // The next page.
                }
            }
            catch (Exception e)
            {
                // Its estimates stay late, and reports say so, until the next round.
                LogNotRenewed(e, shard, Store);
            }
        }
    }

    [LoggerMessage(4007, LogLevel.Warning, "Not all that is old was removed from store {Store}; the next round tries again.")]
    private partial void LogNotPruned(Exception error, StoreId store);

    [LoggerMessage(4004, LogLevel.Warning, "Shard {Shard} of store {Store} was not renewed; the next round asks it again.")]
    private partial void LogNotRenewed(Exception error, int shard, StoreId store);
}
