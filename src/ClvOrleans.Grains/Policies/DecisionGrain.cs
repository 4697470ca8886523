using ClvOrleans.Contracts;
using ClvOrleans.Contracts.Policies;
using Microsoft.Extensions.DependencyInjection;

namespace ClvOrleans.Grains.Policies;

/// <inheritdoc cref="IDecisionGrain" />
/// <remarks>The work runs on other threads of the silo, one run at a time; the turns of the grain only begin and end it.</remarks>
[GrainType("decisions")]
internal sealed class DecisionGrain(IServiceProvider services) : Grain, IDecisionGrain, IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private DecisionRun? _run;
    private Task _running = Task.CompletedTask;
    private int _asked;

    /// <inheritdoc />
    public Task WatchAsync()
    {
        Interlocked.Exchange(ref _asked, 1);
        if (_running.IsCompleted && !_leaving.IsCancellationRequested)
        {
            var key = this.GetPrimaryKeyString();
            _run ??= ActivatorUtilities.CreateInstance<DecisionRun>(services, GrainKeys.ToStore(key), GrainKeys.ToShard(key));
            _running = Task.Run(RunAsync);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task NudgeAsync() => WatchAsync();

    /// <inheritdoc />
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _leaving.CancelAsync();
        await _running;
    }

    /// <inheritdoc />
    public void Dispose() => _leaving.Dispose();

    // Whoever asks while it runs has it run once more: what they have added may have come too late for it.
    private async Task RunAsync()
    {
        while (Interlocked.Exchange(ref _asked, 0) == 1 && !_leaving.IsCancellationRequested)
        {
            await _run!.RunAsync(_leaving.Token);
        }
    }
}
