namespace ClvOrleans.Server.Hosting;

/// <summary>Whether the silo takes calls: from when it is active until the process begins to stop.</summary>
internal sealed class Readiness(IHostApplicationLifetime lifetime) : ILifecycleParticipant<ISiloLifecycle>
{
    private volatile bool _active;

    public bool IsReady => _active && !lifetime.ApplicationStopping.IsCancellationRequested;

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
