using Microsoft.Extensions.Options;

namespace ClvOrleans.Grains.Jobs;

/// <summary>How many jobs this silo may still work at.</summary>
internal sealed class JobSlots(IOptions<JobOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _free = new(options.Value.AtOnce);

    /// <summary>Waits for room, which is given back by disposing of the answer; null where the wait is cancelled.</summary>
    public async Task<IDisposable?> EnterAsync(CancellationToken cancellation)
    {
        try
        {
            await _free.WaitAsync(cancellation);
            return new Slot(_free);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    public void Dispose() => _free.Dispose();

    private sealed class Slot(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}
