using System.Text.RegularExpressions;

namespace ClvOrleans.Architecture.Tests;

/// <summary>What the documents say of the repository is there.</summary>
public sealed partial class MapTests
{
    private static readonly string[] Kinds =
    [
        "A model", "An interval or a total", "A test statistic", "A metric of experiments", "A file format", "A shop",
        "Scores and clusters", "A feature", "A field of rules", "A watch", "An event or a property", "A storage engine", "A policy",
        "A message or a grain", "An endpoint", "A command", "An option", "A setting of a store", "A migration",
        "A check of a store", "Background work",
        "A channel of deliveries", "A metric or a log message", "A test",
    ];

    private static string Map => File.ReadAllText(Path.Combine(Repository.Root, "docs", "map.md"));

    public static TheoryData<string> Documents => [.. Repository.Documents()];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_path_that_a_document_names_exists(string document)
    {
        var (text, folder) = (File.ReadAllText(Path.Combine(Repository.Root, document)), Path.GetDirectoryName(document)!);
        var named = Quoted().Matches(text).Select(m => m.Groups[1].Value)
            .Concat(Links().Matches(text).Select(m => Path.Combine(folder, m.Groups[1].Value)));
        Assert.DoesNotContain(named, path => !Path.Exists(Path.Combine(Repository.Root, path)));
    }

    [Fact]
    public void The_map_names_a_place_for_every_kind_of_change()
    {
        var sections = Map.Split("\n## ").Skip(1).ToDictionary(s => s[..s.IndexOf('\n', StringComparison.Ordinal)]);
        Assert.Equal(["Projects", .. Kinds], sections.Keys);
        Assert.All(Kinds, kind => Assert.Matches(Quoted(), sections[kind]));
        Assert.All(Kinds, kind => Assert.Contains($"(#{kind.ToLowerInvariant().Replace(' ', '-')})", Map, StringComparison.Ordinal));
    }

    [Fact]
    public void The_map_shows_what_each_project_may_use() => Assert.Equal(
        DependencyTests.Table.Select(t => (t.Project, t.Known == DependencyTests.All ? "all" : t.Known)),
        Rows().Matches(Map.Split("\n## ")[1]).Select(m => (m.Groups[1].Value, m.Groups[2].Value.Trim())).Skip(1));

    [GeneratedRegex(@"`((?:src|tests|docs|deploy|\.ci)/[\w./-]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\]\((?!\w+:)([^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex Links();

    [GeneratedRegex(@"^\| ([\w.]+) \|[^|]*\|([^|]*)\|$", RegexOptions.Multiline)]
    private static partial Regex Rows();
}
