using ClvOrleans.Contracts;
using ClvOrleans.Contracts.Policies;

namespace ClvOrleans.Grains.Policies;

/// <inheritdoc cref="IDecisionGrain" />
[GrainType("decisions")]
internal sealed class DecisionGrain(DecisionRuns runs) : Grain, IDecisionGrain, IDisposable
{
    private StoreDecisions? _store;
    private ShardDecisions? _shard;

    /// <inheritdoc />
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        _store = runs.Of(GrainKeys.ToStore(key));
        _shard = _store.Open(GrainKeys.ToShard(key));
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task WatchAsync()
    {
        _store!.Ask(_shard!);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task NudgeAsync() => WatchAsync();

    /// <inheritdoc />
    public Task SettleAsync() => _store!.SettleAsync(_shard!);

    /// <inheritdoc />
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _store!.LeaveAsync(_shard!);

    /// <inheritdoc />
    public void Dispose() => _shard?.Dispose();
}
