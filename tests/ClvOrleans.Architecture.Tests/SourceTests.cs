namespace ClvOrleans.Architecture.Tests;

/// <summary>What a reader of the source may rely on.</summary>
public sealed class SourceTests
{
    private const int LongestFile = 400;

    [Fact]
    public void No_file_is_longer_than_one_sitting() =>
        Assert.DoesNotContain(Sources(), f => File.ReadLines(f).Count() > LongestFile);

    [Fact]
    public void Files_are_named_after_the_type_they_hold_and_types_after_what_they_are()
    {
        string[] empty = ["Impl", "Manager", "Helper", "Helpers", "Util", "Utils"];
        Assert.DoesNotContain(Sources(), f => empty.Any(e => Path.GetFileNameWithoutExtension(f).EndsWith(e, StringComparison.Ordinal)));
        Assert.DoesNotContain(Sources(), f => Path.GetFileName(f).StartsWith("Abstract", StringComparison.Ordinal));
    }

    /// <summary>The folder of the repository.</summary>
    internal static DirectoryInfo Root()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "ClvOrleans.sln")))
        {
            root = root.Parent ?? throw new DirectoryNotFoundException("The tests run beside their sources.");
        }

        return root;
    }

    private static List<string> Sources()
    {
        var files = Directory.EnumerateFiles(Path.Combine(Root().FullName, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(files);
        return files;
    }
}
