using System.Threading.Channels;

namespace ClvOrleans.Storage.Postgres;

/// <summary>
/// Reads that are asked for while others are under way are made together, in one statement: alone a read goes at once, and under load a
/// hundred cold customers cost a few round trips. Nothing waits for more to come.
/// </summary>
/// <typeparam name="TAsked">What is asked.</typeparam>
/// <typeparam name="TFound">What is found.</typeparam>
internal sealed class ReadGroup<TAsked, TFound>(
    PostgresDatabase database, Func<PostgresSession, IReadOnlyList<TAsked>, Task<TFound[]>> read)
{
    // One is prepared while the other is under way; more would only make the groups smaller.
    private const int MostAtOnce = 2;
    private const int MostTogether = 256;

    private readonly Channel<Waiting> _waiting = Channel.CreateUnbounded<Waiting>();
    private int _running;

    /// <summary>Asks.</summary>
    /// <param name="asked">What is asked.</param>
    /// <exception cref="StorageUnavailableException">The database cannot be reached.</exception>
    public Task<TFound> AskAsync(TAsked asked)
    {
        var waiting = new Waiting(asked);
        _waiting.Writer.TryWrite(waiting);
        Start();
        return waiting.Found.Task;
    }

    private void Start()
    {
        if (Interlocked.Increment(ref _running) <= MostAtOnce)
        {
            _ = Task.Run(ReadAllAsync); // Not on the scheduler of the grain that asks.
        }
        else
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private async Task ReadAllAsync()
    {
        var together = new List<Waiting>();
        while (true)
        {
            while (together.Count < MostTogether && _waiting.Reader.TryRead(out var next))
            {
                together.Add(next);
            }

            if (together.Count == 0)
            {
                break;
            }

            await ReadAsync(together);
            together.Clear();
        }

        Interlocked.Decrement(ref _running);
        if (_waiting.Reader.TryPeek(out _))
        {
            Start(); // Asked after the last look, when this one still counted as running.
        }
    }

    private async Task ReadAsync(List<Waiting> together)
    {
        try
        {
            await using var session = await database.OpenSessionAsync(CancellationToken.None);
            var found = await read(session, [.. together.Select(w => w.Asked)]);
            for (var i = 0; i < found.Length; i++)
            {
                together[i].Found.TrySetResult(found[i]);
            }
        }
        catch (Exception e)
        {
            together.ForEach(w => w.Found.TrySetException(e));
        }
    }

    private sealed record Waiting(TAsked Asked)
    {
        public TaskCompletionSource<TFound> Found { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
