using ClvOrleans.Contracts;
using ClvOrleans.Contracts.Policies;
using ClvOrleans.Grains.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace ClvOrleans.Grains.Policies;

/// <inheritdoc cref="IDecisionGrain" />
[GrainType("decisions")]
internal sealed class DecisionGrain(IServiceProvider services) : Grain, IDecisionGrain, IDisposable
{
    private CoalescedRuns? _runs;

    /// <inheritdoc />
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        _runs = new CoalescedRuns(
            ActivatorUtilities.CreateInstance<DecisionRun>(services, GrainKeys.ToStore(key), GrainKeys.ToShard(key)).RunAsync);
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
