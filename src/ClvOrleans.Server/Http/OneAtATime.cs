namespace ClvOrleans.Server.Http;

/// <summary>Lets one long answer be made at a time, on a thread of the pool: who asks meanwhile is told at once.</summary>
internal sealed class OneAtATime
{
    private int _running;

    /// <summary>What the work gives; null where another one is under way.</summary>
    public async Task<T?> TryRunAsync<T>(Func<Task<T>> work, CancellationToken cancellation)
        where T : class
    {
        if (Interlocked.Exchange(ref _running, 1) == 1)
        {
            return null;
        }

        try
        {
            return await Task.Run(work, cancellation);
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }
}
