namespace ClvOrleans.Grains.Runs;

/// <summary>
/// A grain's work on other threads of the silo, one run at a time; the turns of the grain only begin and end it. Whoever asks while it runs
/// has it run once more, since what they have added may have come too late for it; more who ask meanwhile share that run.
/// </summary>
/// <param name="run">The work. It does not throw.</param>
internal sealed class CoalescedRuns(Func<CancellationToken, Task> run) : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private Task _running = Task.CompletedTask;
    private int _asked;

    /// <summary>Asks for a run. Called in turns of one grain.</summary>
    public void Ask()
    {
        Interlocked.Exchange(ref _asked, 1);
        if (_running.IsCompleted && !_leaving.IsCancellationRequested)
        {
            _running = Task.Run(RunAsync);
        }
    }

    /// <summary>Cancels what runs, and waits for its end.</summary>
    public async Task LeaveAsync()
    {
        await _leaving.CancelAsync();
        await _running;
    }

    /// <inheritdoc />
    public void Dispose() => _leaving.Dispose();

    private async Task RunAsync()
    {
        while (Interlocked.Exchange(ref _asked, 0) == 1 && !_leaving.IsCancellationRequested)
        {
            await run(_leaving.Token);
        }
    }
}
