namespace ClvOrleans.Server.Access;

/// <summary>Files that are for the eyes of their user only.</summary>
internal static class PrivateFile
{
    /// <summary>Puts a file in the place of the one before at once: whoever reads it meanwhile has either, whole.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var beside = path + ".new";
        File.Delete(beside); // One that was left over may be readable for others.
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(beside, options))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
    }
}
