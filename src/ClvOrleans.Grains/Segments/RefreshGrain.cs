using ClvOrleans.Contracts;
using ClvOrleans.Contracts.Segments;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Stores;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClvOrleans.Grains.Segments;

/// <inheritdoc cref="IRefreshGrain" />
/// <remarks>
/// A round that its silo does not end is begun again by the next watch, on another. Old behaviour is packed beside it: the first time in
/// a large store takes hours.
/// </remarks>
[GrainType("refresh")]
internal sealed partial class RefreshGrain(
    IEnumerable<IPruning> all, BehaviourPacking behaviour, IStores stores, TimeProvider time, IHostApplicationLifetime lifetime,
    ILogger<RefreshGrain> logger)
    : Grain, IRefreshGrain, IDisposable
{
    // A silo that stops loses the grains that a round asks before this one is deactivated.
    private readonly CancellationTokenSource _leaving = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping);
    private DateTimeOffset? _pruned;
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

    private Task PruneAsync() => TryAsync(
        async () =>
        {
            var now = time.GetUtcNow();
            if (_pruned is { } last && now < last.AddDays(1) && now >= last)
            {
                return;
            }

            foreach (var pruning in all)
            {
                await pruning.PruneAsync(Store, now);
            }

            _pruned = now;
        },
        e => LogNotPruned(e, Store));

    private Task PackAsync() => TryAsync(
        async () =>
        {
            var now = time.GetUtcNow();
            var today = DateOnly.FromDateTime(now.UtcDateTime);
            if (_packedOn != today)
            {
                await behaviour.PackAsync(Store, now, _leaving.Token);
                _packedOn = today;
            }
        },
        e => LogNotPruned(e, Store));

    private async Task EachAsync(Func<IShardGrain, Task<bool>> work)
    {
        foreach (var shard in stores.IsOpen(Store) ? stores.Find(Store).Shards.All : [])
        {
            await TryAsync(
                async () =>
                {
                    while (!await work(GrainFactory.GetShard(Store, shard)) && !IsLeaving)
                    {
                        // The next page.
                    }
                },
                e => LogNotRenewed(e, shard, Store)); // Its estimates stay late, and reports say so, until the next round.
        }
    }

    // What fails because this silo stops is done by the next activation.
    private async Task TryAsync(Func<Task> work, Action<Exception> log)
    {
        if (IsLeaving || !stores.IsOpen(Store))
        {
            return;
        }

        try
        {
            await work();
        }
        catch (Exception e)
        {
            if (!IsLeaving)
            {
                log(e);
            }
        }
    }

    [LoggerMessage(4007, LogLevel.Warning, "Not all that is old was removed from store {Store}; the next round tries again.")]
    private partial void LogNotPruned(Exception error, StoreId store);

    [LoggerMessage(4004, LogLevel.Warning, "Shard {Shard} of store {Store} was not renewed; the next round asks it again.")]
    private partial void LogNotRenewed(Exception error, int shard, StoreId store);
}
