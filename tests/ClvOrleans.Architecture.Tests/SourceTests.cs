namespace ClvOrleans.Architecture.Tests;

/// <summary>What a reader of the source may rely on.</summary>
public sealed class SourceTests
{
    private const int LongestFile = 400;
    private const int WidestLine = 140;

    // A line may be wider for one text that says itself: a sentence with what it is about in it.
    private const int LongText = 80;

    [Fact]
    public void No_file_is_longer_than_one_sitting() =>
        Assert.DoesNotContain(Repository.Sources(), f => File.ReadLines(f).Count() > LongestFile);

    [Fact]
    public void No_line_is_wider_than_the_page() =>
        Assert.Empty(
            from file in Repository.Sources()
            from line in File.ReadLines(file).Select((text, i) => (Text: text, Number: i + 1))
            where line.Text.Length > WidestLine && line.Text.Split('"').Where((_, i) => i % 2 == 1).All(text => text.Length < LongText)
            select $"{file}:{line.Number}");

    [Fact]
    public void Files_are_named_after_the_type_they_hold_and_types_after_what_they_are()
    {
        string[] empty = ["Impl", "Manager", "Helper", "Helpers", "Util", "Utils"];
        Assert.DoesNotContain(
            Repository.Sources(), f => empty.Any(e => Path.GetFileNameWithoutExtension(f).EndsWith(e, StringComparison.Ordinal)));
        Assert.DoesNotContain(Repository.Sources(), f => Path.GetFileName(f).StartsWith("Abstract", StringComparison.Ordinal));
    }
}
