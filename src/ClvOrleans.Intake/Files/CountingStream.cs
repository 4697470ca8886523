namespace ClvOrleans.Intake.Files;

/// <summary>Counts what is read of a stream, and lets its first bytes be seen before.</summary>
internal sealed class CountingStream(Stream inner) : Stream
{
    private readonly byte[] _head = new byte[4];
    private int _headAt;
    private int _headEnd;
    private long _count;

    public long Count => Volatile.Read(ref _count);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => Count; set => throw new NotSupportedException(); }

    /// <summary>The first bytes, at most four. To be asked before anything is read.</summary>
    public ReadOnlySpan<byte> Head()
    {
        _headEnd = inner.ReadAtLeast(_head, _head.Length, throwOnEndOfStream: false);
        return _head.AsSpan(0, _headEnd);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int read;
        if (_headAt < _headEnd)
        {
            read = Math.Min(buffer.Length, _headEnd - _headAt);
            _head.AsSpan(_headAt, read).CopyTo(buffer);
            _headAt += read;
        }
        else
        {
            read = inner.Read(buffer);
        }

        Interlocked.Add(ref _count, read);
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
