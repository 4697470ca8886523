using ClvOrleans.Server.Http;

namespace ClvOrleans.Server.Api;

/// <summary>
/// Answers about customers with very many events take seconds of a processor: half of the processors do them, so that other requests have
/// the rest.
/// </summary>
internal sealed class LongReads : IDisposable
{
    private const int ManyEvents = 5_000;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim _turns = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>Waits for a turn, which ends when it is disposed; null where the customer has few events.</summary>
    /// <exception cref="OverloadedException">It did not come in time.</exception>
    public async Task<IDisposable?> EnterAsync(int events, CancellationToken cancellation)
    {
        if (events < ManyEvents)
        {
            return null;
        }

        return await _turns.WaitAsync(LongestWait, cancellation)
            ? new Turn(_turns)
            : throw new OverloadedException("Too many long answers are under way; ask again after Retry-After seconds.");
    }

    public void Dispose() => _turns.Dispose();

    private sealed class Turn(SemaphoreSlim turns) : IDisposable
    {
        public void Dispose() => turns.Release();
    }
}
