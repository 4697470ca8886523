namespace ClvOrleans.Server.Hosting;

/// <summary>
/// Leaves signals to the command line, which passes them on as cancellation. The framework's own way would cut off a silo that is still
/// starting, which then complains; started in full it stops in quiet.
/// </summary>
internal sealed class CommandLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
