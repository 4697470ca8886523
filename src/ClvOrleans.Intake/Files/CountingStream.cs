namespace ClvOrleans.Intake.Files;

/// <summary>Counts what is read of a stream, and lets its first bytes be seen before.</summary>
internal sealed class CountingStream(Stream inner) : ForwardStream
{
    private const int HeadBytes = 4;
    private Stream _inner = inner;
    private long _count;

    public long Count => Volatile.Read(ref _count);

    /// <summary>The first bytes, at most four. To be asked before anything is read.</summary>
    public ReadOnlySpan<byte> Head()
    {
        var head = new byte[HeadBytes];
        Array.Resize(ref head, _inner.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false));
        _inner = new ResumedStream(head, _inner);
        return head;
    }

    public override int Read(Span<byte> buffer)
    {
        var read = _inner.Read(buffer);
        Interlocked.Add(ref _count, read);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
