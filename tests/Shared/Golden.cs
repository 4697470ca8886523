using Xunit;

namespace ClvOrleans.Tests;

/// <summary>
/// Files beside the tests that hold formats as they were written once. Such bytes are in stores and between silos: they do not change.
/// </summary>
internal static class Golden
{
    /// <summary>Fails where what is written now differs from the file; it is then beside the tests' copy of that, as <c>.now</c>.</summary>
    public static void Matches(string name, string now)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name) + ".now", now);
        Assert.Equal(Read(name), now);
    }

    /// <summary>The file.</summary>
    public static string Read(string name) => File.Exists(PathOf(name)) ? File.ReadAllText(PathOf(name)) : "";

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Formats", "Golden", name);
}
