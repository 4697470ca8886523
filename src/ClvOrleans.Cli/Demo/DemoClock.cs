namespace ClvOrleans.Cli.Demo;

/// <summary>
/// The demo store's clock. Each of its days takes as long as <see cref="Go"/> says, so that a month of purchases fills a month of the store
/// and no figure is inflated. It stands where the last run left it and never goes back. Timers run in our time.
/// </summary>
internal sealed class DemoClock(DateTimeOffset start) : TimeProvider
{
    private volatile Running _running = new(start, System.GetTimestamp(), 1);

    public override DateTimeOffset GetUtcNow()
    {
        var running = _running;
        return running.From + (System.GetElapsedTime(running.Since) * running.Pace);
    }

    /// <summary>From now on a second of ours is so many of the store.</summary>
    public void Go(int pace) => _running = new Running(GetUtcNow(), System.GetTimestamp(), pace);

    /// <summary>Waits until the clock shows a time.</summary>
    public async Task UntilAsync(DateTimeOffset at, CancellationToken cancellation)
    {
        while (at - GetUtcNow() is var ahead && ahead > TimeSpan.Zero)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling((ahead / _running.Pace).TotalMilliseconds)), cancellation);
        }
    }

    private sealed record Running(DateTimeOffset From, long Since, int Pace);
}
