using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.ImportFiles;

namespace ClvOrleans.Server.Imports;

/// <summary>Reads an uploaded file from its start to its end, holding a chunk of it at a time.</summary>
internal sealed class ImportFileStream(IImportFiles files, StoreId store, string file, int chunks) : Stream
{
    private ReadOnlyMemory<byte> _chunk;
    private int _next;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc />
    /// <exception cref="IOException">The file is kept no longer: another silo has imported it.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (_chunk.IsEmpty && _next < chunks)
        {
            // The readers of files read synchronously, on threads of their own.
            _chunk = files.ReadAsync(store, file, _next++).GetAwaiter().GetResult()
                ?? throw new IOException($"Chunk {_next - 1} of {file} is kept no longer.");
        }

        var read = Math.Min(buffer.Length, _chunk.Length);
        _chunk.Span[..read].CopyTo(buffer);
        _chunk = _chunk[read..];
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
