namespace ClvOrleans.Server.Hosting;

/// <summary>Keeps a data folder to one process, and says there at which address that process answers.</summary>
internal sealed class FolderLock : IDisposable
{
    private readonly string _folder;
    private readonly FileStream _file;

    private FolderLock(string folder, FileStream file) => (_folder, _file) = (folder, file);

    /// <summary>
    /// Takes the folder, and makes it where it is missing. <exception cref="InvalidOperationException">Another process has it.</exception>
    /// </summary>
    public static FolderLock Take(string folder)
    {
        if (File.Exists(folder))
        {
            throw new InvalidOperationException($"{folder} is a file; name a folder with --data.");
        }

        try
        {
            Directory.CreateDirectory(folder);
            var taken = new FolderLock(folder, Open(folder, FileAccess.ReadWrite, FileShare.None));
            File.Delete(AddressFile(folder));
            return taken;
        }
        catch (Exception e) when (e is UnauthorizedAccessException || (e is IOException && !IsLocked(e)))
        {
            throw new InvalidOperationException(
                $"The folder {folder} cannot be written; give the user of this process the right to, make room, or name another folder "
                    + "with --data.", e);
        }
        catch (IOException e)
        {
            var address = ReadAddress(folder);
            throw new InvalidOperationException(
                $"Another clv process has the folder {folder}{(address is null ? "" : $" and answers at {address}")}; stop it, or name "
                    + "another folder with --data.", e);
        }
    }

    /// <summary>The address of the process that has the folder; null where none has, or where it does not answer yet.</summary>
    public static Uri? FindAddress(string folder)
    {
        if (ReadAddress(folder) is not { } address)
        {
            return null;
        }

        try
        {
            // The lock is free: the process that wrote the address has ended.
            Open(folder, FileAccess.Read, FileShare.Read).Dispose();
            return null;
        }
        catch (IOException)
        {
            return address;
        }
    }

    /// <summary>Says where this process answers.</summary>
    public void Announce(string url)
    {
        var address = new UriBuilder(
            url.Replace("*", "127.0.0.1", StringComparison.Ordinal).Replace("+", "127.0.0.1", StringComparison.Ordinal));
        address.Host = address.Host is "0.0.0.0" or "[::]" ? "127.0.0.1" : address.Host;
        var written = AddressFile(_folder) + ".new";
        File.WriteAllText(written, address.Uri.AbsoluteUri);
        File.Move(written, AddressFile(_folder), overwrite: true);
    }

    public void Dispose()
    {
        File.Delete(AddressFile(_folder));
        _file.Dispose();
    }

    // EWOULDBLOCK of Linux, of macOS, and the sharing violation of Windows.
    private static bool IsLocked(Exception e) => (e.HResult & 0xFFFF) is 11 or 35 or 32;

    private static string AddressFile(string folder) => Path.Combine(folder, "address");

    private static FileStream Open(string folder, FileAccess access, FileShare share) =>
        new(Path.Combine(folder, "lock"), access == FileAccess.Read ? FileMode.Open : FileMode.OpenOrCreate, access, share);

    private static Uri? ReadAddress(string folder) =>
        File.Exists(AddressFile(folder)) && Uri.TryCreate(File.ReadAllText(AddressFile(folder)), UriKind.Absolute, out var address)
            ? address
            : null;
}
