using ClvOrleans.Storage;

namespace ClvOrleans.Server.Hosting;

/// <summary>
/// Looks after the store's files or database once a second, also while nobody writes, and says in the log what is wrong with them, and
/// when it is over.
/// </summary>
internal sealed partial class StorageWatch(IStorageHealth health, OpenStorage storage, TimeProvider time, ILogger<StorageWatch> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var note in storage.Notes)
        {
            LogNote(note);
        }

        using var timer = new PeriodicTimer(Interval, time);
        string? said = null;
        try
        {
            do
            {
                var trouble = (await health.CheckAsync())?.Message;
                if (trouble is not null && trouble != said)
                {
                    LogTrouble(trouble);
                }
                else if (trouble is null && said is not null)
                {
                    LogOver();
                }

                said = trouble;
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops.
        }
    }

    [LoggerMessage(1001, LogLevel.Warning, "{Note}")]
    private partial void LogNote(string note);

    [LoggerMessage(1002, LogLevel.Error, "Not ready: {Trouble}")]
    private partial void LogTrouble(string trouble);

    [LoggerMessage(1003, LogLevel.Warning, "The store can be written again.")]
    private partial void LogOver();
}
