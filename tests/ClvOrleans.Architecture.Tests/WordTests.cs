using System.Text.RegularExpressions;

namespace ClvOrleans.Architecture.Tests;

/// <summary>
/// Words that the field does not use, or uses for something else: docs, messages and descriptions of the API are free of them.
/// </summary>
public sealed partial class WordTests
{
    [Fact]
    public void Sources_use_the_words_of_the_field() => Assert.Empty(Found(Retired(), "src", "*.cs", "*.js", "*.html"));

    [Fact]
    public void Identities_are_released_and_merged_and_estimates_are_refreshed()
    {
        Assert.Empty(Found(RetiredNames(), "src", "*.cs", "*.js"));
        Assert.Empty(Found(RetiredNames(), "docs", "*.md"));
    }

    [Theory]
    [InlineData("src/ClvOrleans.Storage.Abstractions")]
    [InlineData("src/ClvOrleans.Storage.Sqlite")]
    [InlineData("src/ClvOrleans.Grains/Customers")]
    [InlineData("src/ClvOrleans.Grains/Segments")]
    [InlineData("src/ClvOrleans.Contracts")]
    [InlineData("src/ClvOrleans.Cli/Demo")]
    public void Rows_are_rows_and_sentences_have_subjects(string folder) => Assert.Empty(Found(RetiredInStorage(), folder, "*.cs"));

    [Fact]
    public void Documents_use_the_words_of_the_field()
    {
        Assert.Empty(Found(Retired(), "docs", "*.md"));
        Assert.Empty(Found(RetiredInDocuments(), "docs", "*.md"));
    }

    // promoted; is a placeholder; walk-forward validation; median customer; is not a.
    [GeneratedRegex(
        @"\b(in|into) force\b|\bstands? for nobody\b|walk-forward cut|middle customer|\bis no (ISO|whole|plain|number|address|column)\b")]
    private static partial Regex Retired();

    // Release, merge; refresh. Messages keep their aliases.
    [GeneratedRegex(@"^(?!.*\[?Alias\().*\b(surrender|absor[bp]|sweep)", RegexOptions.IgnoreCase)]
    private static partial Regex RetiredNames();

    // Release, merge; refresh; customer row; stale or affected. In what the storage and the customers' grains say.
    [GeneratedRegex(@"\bheads?\b|\bis told\b|\bof whom\b|\bstands? for\b", RegexOptions.IgnoreCase)]
    private static partial Regex RetiredInStorage();

    // Ensemble, stack; customer row. Stored ids of versions keep their name.
    [GeneratedRegex(@"\bpool(s|ing|ed)?\b(?!-[1N])|\bcustomer heads?\b")]
    private static partial Regex RetiredInDocuments();

    private static IEnumerable<string> Found(Regex words, string folder, params string[] kinds) =>
        from kind in kinds
        from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), kind, SearchOption.AllDirectories)
        where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        from line in File.ReadLines(file)
        where words.IsMatch(line)
        select $"{Path.GetFileName(file)}: {line.Trim()}";
}
