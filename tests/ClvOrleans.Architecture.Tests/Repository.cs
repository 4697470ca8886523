namespace ClvOrleans.Architecture.Tests;

/// <summary>The files of the repository that the tests are built from.</summary>
internal static class Repository
{
    /// <summary>Its folder.</summary>
    public static string Root { get; } = Find();

    /// <summary>Sources of the product.</summary>
    public static IReadOnlyList<string> Sources() => SourcesIn("src");

    /// <summary>Sources of the tests.</summary>
    public static IReadOnlyList<string> Tests() => SourcesIn("tests");

    /// <summary>Documents for people, by their paths from the root.</summary>
    public static IReadOnlyList<string> Documents() =>
    [
        .. Directory.EnumerateFiles(Root, "*.md")
            .Concat(Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories))
            .Select(f => Path.GetRelativePath(Root, f)).Order(StringComparer.Ordinal),
    ];

    private static string[] SourcesIn(string folder) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)),
    ];

    private static string Find()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "ClvOrleans.sln")))
        {
            root = root.Parent ?? throw new DirectoryNotFoundException("The tests run beside their sources.");
        }

        return root.FullName;
    }
}
