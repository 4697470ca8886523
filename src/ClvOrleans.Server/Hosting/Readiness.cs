namespace ClvOrleans.Server.Hosting;

/// <summary>Whether the silo takes calls: from when it is active until the process begins to stop.</summary>
internal sealed class Readiness(IHostApplicationLifetime lifetime) : ILifecycleParticipant<ISiloLifecycle>
{
    private volatile bool _active;
    private volatile bool _isLeaving;

    public bool IsReady => _active && !lifetime.ApplicationStopping.IsCancellationRequested;

    /// <summary>Whether new work should go to others, although it would still be done.</summary>
    public bool IsLeaving => _isLeaving;

    /// <summary>From now on load balancers should turn to others.</summary>
    public void Leave() => _isLeaving = true;

    public void Participate(ISiloLifecycle lifecycle)
    {
        // The silo gives way once, at its very beginning, so that the host opens its addresses meanwhile.
        lifecycle.Subscribe(nameof(Readiness), ServiceLifecycleStage.First, async _ => await Task.Yield());
        lifecycle.Subscribe(nameof(Readiness), ServiceLifecycleStage.Active + 1, _ => Set(true), _ => Set(false));
    }

    private Task Set(bool active)
    {
        _active = active;
        return Task.CompletedTask;
    }
}
