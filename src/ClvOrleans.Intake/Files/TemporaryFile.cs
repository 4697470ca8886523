namespace ClvOrleans.Intake.Files;

/// <summary>Files in the folder for temporary ones, which go when they are closed.</summary>
public static class TemporaryFile
{
    /// <summary>An empty one, to be written and read.</summary>
    public static FileStream Create() => new(
        Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16,
        FileOptions.DeleteOnClose);
}
