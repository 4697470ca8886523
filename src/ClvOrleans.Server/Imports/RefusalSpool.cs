using ClvOrleans.Intake.Files;

namespace ClvOrleans.Server.Imports;

/// <summary>
/// Refusals of an import, on disk until they can be sent: most clients listen only after they have sent everything. Beyond
/// <see cref="MostBytes"/> they are counted only.
/// </summary>
internal sealed class RefusalSpool : IDisposable
{
    /// <summary>How many bytes are kept, as JSON lines: some million refusals.</summary>
    public const long MostBytes = 256L << 20;

    private readonly FileStream _lines = TemporaryFile.Create();

    public void Add(ImportRefusal refusal)
    {
        if (_lines.Position < MostBytes)
        {
            _lines.Write(new ImportMessage(Refused: refusal).ToLine());
        }
    }

    public Task CopyToAsync(Stream target, CancellationToken cancellation)
    {
        _lines.Position = 0;
        return _lines.CopyToAsync(target, cancellation);
    }

    /// <summary>All that was added, in parts. Each is overwritten by the next.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Chunks(int most)
    {
        _lines.Position = 0;
        var buffer = new byte[most];
        while (_lines.ReadAtLeast(buffer, most, throwOnEndOfStream: false) is > 0 and var read)
        {
            yield return buffer.AsMemory(0, read);
        }
    }

    public void Dispose() => _lines.Dispose();
}
