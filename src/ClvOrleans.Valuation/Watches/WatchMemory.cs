namespace ClvOrleans.Valuation.Watches;

/// <summary>
/// How one customer last stood with their watches, beside the bytes that say so: who finds the same bytes again need not read them. It is
/// never wrong, whatever was written meanwhile: other bytes are not known. Safe to use from any thread.
/// </summary>
public sealed class WatchMemory
{
    private volatile Known? _last;

    /// <summary>What some bytes say; null where they are not those of the last time.</summary>
    public WatchState? Find(ReadOnlySpan<byte> bytes) => _last is { } last && bytes.SequenceEqual(last.Bytes) ? last.State : null;

    /// <summary>Keeps what some bytes say.</summary>
    public void Keep(byte[] bytes, WatchState state) => _last = new Known(bytes, state);

    private sealed record Known(byte[] Bytes, WatchState State);
}
