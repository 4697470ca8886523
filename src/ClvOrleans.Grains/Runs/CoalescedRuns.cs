namespace ClvOrleans.Grains.Runs;

/// <summary>
/// Work on other threads of the silo, one run at a time. Whoever asks while it runs has it run once more, since what they have added may
/// have come too late for it; more who ask meanwhile share that run. Safe to ask from many threads.
/// </summary>
/// <param name="run">The work. It does not throw.</param>
/// <param name="stopping">When the silo stops: what runs is cancelled, before its grains are deactivated one by one.</param>
internal sealed class CoalescedRuns(Func<CancellationToken, Task> run, CancellationToken stopping = default) : IDisposable
{
    private readonly CancellationTokenSource _leaving = CancellationTokenSource.CreateLinkedTokenSource(stopping);
    private Task _running = Task.CompletedTask;
    private int _asked;
    private int _isRunning;

    /// <summary>Whether a run is under way or asked for.</summary>
    public bool IsRunning => Volatile.Read(ref _isRunning) == 1;

    /// <summary>Asks for a run.</summary>
    public void Ask()
    {
        Interlocked.Exchange(ref _asked, 1);
        if (!_leaving.IsCancellationRequested && Interlocked.Exchange(ref _isRunning, 1) == 0)
        {
            _running = Task.Run(RunAsync);
        }
    }

    /// <summary>Asks for a run, and waits until none is under way or asked for.</summary>
    public Task SettleAsync()
    {
        Ask();
        return WaitAsync();
    }

    /// <summary>Waits until no run is under way or asked for.</summary>
    public async Task WaitAsync()
    {
        while (Volatile.Read(ref _isRunning) == 1)
        {
            await _running;
            await Task.Yield(); // Whoever began it may not have told yet which task it is.
        }
    }

    /// <summary>Cancels what runs, and waits for its end. Nobody asks any more.</summary>
    public async Task LeaveAsync()
    {
        await _leaving.CancelAsync();
        await _running;
    }

    /// <inheritdoc />
    public void Dispose() => _leaving.Dispose();

    // Whoever asks after the last look, and finds it running still, is seen by the look after it has ceased to run.
    private async Task RunAsync()
    {
        do
        {
            while (Interlocked.Exchange(ref _asked, 0) == 1 && !_leaving.IsCancellationRequested)
            {
                await run(_leaving.Token);
            }

            Interlocked.Exchange(ref _isRunning, 0);
        }
        while (Volatile.Read(ref _asked) == 1 && !_leaving.IsCancellationRequested && Interlocked.Exchange(ref _isRunning, 1) == 0);
    }
}
