namespace ClvOrleans.Server.Hosting;

/// <summary>Keeps a data folder to one process.</summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream _file;

    public FolderLock(string folder)
    {
        try
        {
            _file = new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new InvalidOperationException($"Another clv process has the folder {folder}.", e);
        }
    }

    public void Dispose() => _file.Dispose();
}
