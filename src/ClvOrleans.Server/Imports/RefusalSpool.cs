namespace ClvOrleans.Server.Imports;

/// <summary>Refusals of an import, on disk until they can be sent: most clients listen only after they have sent everything.</summary>
internal sealed class RefusalSpool : IDisposable
{
    private readonly FileStream _lines = new(
        Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);

    public void Add(ImportRefusal refusal) => _lines.Write(new ImportMessage(Refused: refusal).ToLine());

    public Task CopyToAsync(Stream target, CancellationToken cancellation)
    {
        _lines.Position = 0;
        return _lines.CopyToAsync(target, cancellation);
    }

    public void Dispose() => _lines.Dispose();
}
