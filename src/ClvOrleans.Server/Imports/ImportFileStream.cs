using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Files;
using ClvOrleans.Storage.ImportFiles;

namespace ClvOrleans.Server.Imports;

/// <summary>Reads an uploaded file from its start to its end, holding a chunk of it at a time.</summary>
internal sealed class ImportFileStream(IImportFiles files, StoreId store, string file, int chunks) : ForwardStream
{
    private ReadOnlyMemory<byte> _chunk;
    private int _next;

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
}
