namespace ClvOrleans.Architecture.Tests;

/// <summary>What a reader of the source may rely on.</summary>
public sealed class SourceTests
{
    private const int LongestFile = 400;

    [Fact]
    public void No_file_is_longer_than_one_sitting() =>
        Assert.DoesNotContain(Repository.Sources(), f => File.ReadLines(f).Count() > LongestFile);

    [Fact]
    public void Files_are_named_after_the_type_they_hold_and_types_after_what_they_are()
    {
        string[] empty = ["Impl", "Manager", "Helper", "Helpers", "Util", "Utils"];
        Assert.DoesNotContain(Repository.Sources(), f => empty.Any(e => Path.GetFileNameWithoutExtension(f).EndsWith(e, StringComparison.Ordinal)));
        Assert.DoesNotContain(Repository.Sources(), f => Path.GetFileName(f).StartsWith("Abstract", StringComparison.Ordinal));
    }
}
