using Xunit;

namespace ClvOrleans.Tests;

/// <summary>Real data beside the project; tests that need it say so and are skipped where it is absent.</summary>
internal static class SharedData
{
    public static string Folder { get; } = Environment.GetEnvironmentVariable("CLV_DATA") is { Length: > 0 } folder
        ? folder
        : Path.Combine(Root(), "..", "shared", "data");

    /// <summary>A file or folder of the data.</summary>
    public static string Find(string file)
    {
        var path = Path.Combine(Folder, file);
        Assert.SkipUnless(Path.Exists(path), $"{file} is not in CLV_DATA ({Folder}).");
        return path;
    }

    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ClvOrleans.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? AppContext.BaseDirectory;
    }
}
