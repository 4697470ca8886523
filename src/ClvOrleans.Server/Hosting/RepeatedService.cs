namespace ClvOrleans.Server.Hosting;

/// <summary>
/// A background service that waits, works, and begins again until the service stops. No failure ends it, or the process: one is logged with
/// its stack when it begins or changes, and said to be over when the work is done again.
/// </summary>
internal abstract partial class RepeatedService(TimeProvider time, ILogger logger) : BackgroundService
{
    // A wait that fails at once must not turn the loop into a busy one.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private string? _failing;

    /// <summary>The clock.</summary>
    protected TimeProvider Time => time;

    /// <summary>Waits until there is work again.</summary>
    protected abstract Task WaitAsync(CancellationToken cancellation);

    /// <summary>Does the work.</summary>
    protected abstract Task WorkAsync(CancellationToken cancellation);

    /// <inheritdoc />
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await WaitAsync(stoppingToken);
                await WorkAsync(stoppingToken);
                Recover();
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return; // Also what it fails by because the rest of the service stops.
            }
            catch (Exception e)
            {
                Fail(e);
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Fail(Exception error)
    {
        var kind = $"{error.GetType()}: {error.Message}";
        if (_failing != kind)
        {
            _failing = kind;
            LogFailed(error, GetType().Name);
        }
    }

    private void Recover()
    {
        if (_failing is not null)
        {
            _failing = null;
            LogRecovered(GetType().Name);
        }
    }

    [LoggerMessage(5001, LogLevel.Error, "{Work} failed; it goes on, and is tried again. (The same failure is not logged again.)")]
    private partial void LogFailed(Exception error, string work);

    [LoggerMessage(5002, LogLevel.Warning, "{Work} works again.")]
    private partial void LogRecovered(string work);
}
