using System.Text.RegularExpressions;

namespace ClvOrleans.Architecture.Tests;

/// <summary>What a reader of the source may rely on.</summary>
public sealed partial class SourceTests
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

    // The build does not see it, and dotnet format needs minutes to.
    [Fact]
    public void Usings_are_in_order_those_of_the_system_first() =>
        Assert.Empty(
            from file in Repository.Sources().Concat(Repository.Tests())
            let usings = File.ReadLines(file).Select(line => Using().Match(line)).Where(m => m.Success).Select(m => m.Groups["name"].Value)
                .ToArray()
            where !usings.SequenceEqual(usings.OrderBy(Kind).ThenBy(name => name.Replace('.', '\0'), StringComparer.OrdinalIgnoreCase))
            select file);

    // Namespaces, then static classes, then names that are given to others.
    private static int Kind(string name) => name.Contains('=', StringComparison.Ordinal) ? 3
        : name.StartsWith("static ", StringComparison.Ordinal) ? 2
        : name == "System" || name.StartsWith("System.", StringComparison.Ordinal) ? 0 : 1;

    [GeneratedRegex(@"^(global )?using (?<name>[^(]+);$")]
    private static partial Regex Using();
}
