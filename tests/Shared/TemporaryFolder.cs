namespace ClvOrleans.Tests;

/// <summary>Folders in the temporary folder that are gone when the process of the tests ends.</summary>
internal static class TemporaryFolder
{
    private static readonly List<string> Made = [];

    static TemporaryFolder() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Remove();

    /// <summary>The path of a new, empty folder.</summary>
    /// <param name="prefix">What its name begins with.</param>
    public static string New(string prefix = "clv-")
    {
        var folder = Directory.CreateTempSubdirectory(prefix).FullName;
        lock (Made)
        {
            Made.Add(folder);
        }

        return folder;
    }

    private static void Remove()
    {
        foreach (var folder in Made.Where(Directory.Exists))
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
            {
                // A service that a test left running, or files of another user: the system removes what is temporary.
            }
        }
    }
}
