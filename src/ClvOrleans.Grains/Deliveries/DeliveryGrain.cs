using ClvOrleans.Contracts;
using ClvOrleans.Contracts.Deliveries;
using ClvOrleans.Grains.Runs;

namespace ClvOrleans.Grains.Deliveries;

/// <inheritdoc cref="IDeliveryGrain" />
[GrainType("deliveries")]
internal sealed class DeliveryGrain(DeliveryRuns runs) : Grain, IDeliveryGrain, IDisposable
{
    private CoalescedRuns? _runs;

    /// <inheritdoc />
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        _runs = new CoalescedRuns(runs.Begin(GrainKeys.ToStore(key), GrainKeys.ToShard(key)).RunAsync, runs.Stopping);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task WatchAsync()
    {
        _runs!.Ask();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task NudgeAsync() => WatchAsync();

    /// <inheritdoc />
    public Task SettleAsync() => _runs!.SettleAsync();

    /// <inheritdoc />
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _runs!.LeaveAsync();

    /// <inheritdoc />
    public void Dispose() => _runs?.Dispose();
}
