using Microsoft.Extensions.Options;

namespace ClvOrleans.Server.Http;

/// <summary>
/// Bounds what all bodies together take. Small ones pass freely, as connections are bounded; larger ones share an amount of memory, and
/// half of the processors, so that whoever sends large ones waits for others who do, and nobody else does.
/// </summary>
internal sealed class BodyLimits(IOptions<IntakeOptions> options) : IDisposable
{
    /// <summary>Bytes of a body that are free.</summary>
    public const int Small = 64 * 1024;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim _turns = new(options.Value.LargeAtOnce);
    private long _held;

    /// <summary>Bytes that are held now.</summary>
    public long Held => Volatile.Read(ref _held);

    /// <summary>Holds bytes until they are released. <exception cref="OverloadedException">Too many are held.</exception></summary>
    public void Hold(long bytes)
    {
        if (Interlocked.Add(ref _held, bytes) > options.Value.MostHeldBytes)
        {
            Release(bytes);
            throw TooMany();
        }
    }

    public void Release(long bytes) => Interlocked.Add(ref _held, -bytes);

    /// <summary>
    /// Refuses a body that is announced to be larger than what is left. <exception cref="OverloadedException">It is.</exception>
    /// </summary>
    public void CheckRoom(long bytes)
    {
        if (bytes > Small && Held + bytes > options.Value.MostHeldBytes)
        {
            throw TooMany();
        }
    }

    /// <summary>
    /// Waits for a large body's turn at the processor. <exception cref="OverloadedException">It did not come in time.</exception>
    /// </summary>
    public async Task EnterAsync(CancellationToken cancellation)
    {
        if (!await _turns.WaitAsync(LongestWait, cancellation))
        {
            throw TooMany();
        }
    }

    /// <summary>Ends it.</summary>
    public void Leave() => _turns.Release();

    public void Dispose() => _turns.Dispose();

    private static OverloadedException TooMany() => new("Too many large bodies are under way; send again after Retry-After seconds.");
}
