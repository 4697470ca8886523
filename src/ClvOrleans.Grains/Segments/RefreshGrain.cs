using ClvOrleans.Contracts;
using ClvOrleans.Contracts.Segments;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using Microsoft.Extensions.Logging;

namespace ClvOrleans.Grains.Segments;

/// <inheritdoc cref="IRefreshGrain" />
/// <remarks>A round that its silo does not end is begun again by the next watch, on another.</remarks>
[GrainType("refresh")]
internal sealed partial class RefreshGrain(ILogger<RefreshGrain> logger) : Grain, IRefreshGrain
{
    private bool _isLeaving;
    private Task _round = Task.CompletedTask;

    private StoreId Store => GrainKeys.ToStore(this.GetPrimaryKeyString());

    /// <inheritdoc />
    public Task WatchAsync()
    {
        _round = _round.IsCompleted ? RenewAsync() : _round;
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _isLeaving = true;
        return Task.CompletedTask;
    }

    // Customers of whom a watch turns come first, in all shards; days on which they turn next are solved last.
    private async Task RenewAsync()
    {
        await EachAsync(shard => shard.TurnAsync());
        await EachAsync(shard => shard.RefreshAsync());
        await EachAsync(shard => shard.SolveAsync());
    }

    private async Task EachAsync(Func<IShardGrain, Task<bool>> work)
    {
        for (var shard = 0; shard < CustomerId.Shards && !_isLeaving; shard++)
        {
            try
            {
                while (!await work(GrainFactory.GetShard(Store, shard)) && !_isLeaving)
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

    [LoggerMessage(4004, LogLevel.Warning, "Shard {Shard} of store {Store} was not swept.")]
    private partial void LogNotRenewed(Exception error, int shard, StoreId store);
}
