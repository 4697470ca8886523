using System.Text.RegularExpressions;

namespace ClvOrleans.Grains.Tests.Privacy;

/// <summary>Of each table it is decided, and written down, what an erasure does to it.</summary>
public sealed partial class ErasedTablesTests(PostgresErasureTests.PostgresCluster cluster)
    : IClassFixture<PostgresErasureTests.PostgresCluster>
{
    [Fact]
    public async Task The_document_names_every_table_of_both_engines_and_no_other()
    {
        await using var files = new ErasureCluster();
        await files.InitializeAsync();
        var tables = new SortedSet<string>(await cluster.TablesAsync(), StringComparer.Ordinal);
        tables.UnionWith(await files.TablesAsync());
        Assert.Equal(tables, Named());
    }

    private static SortedSet<string> Named()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "ClvOrleans.sln")))
        {
            folder = folder.Parent;
        }

        var text = File.ReadAllText(Path.Combine(folder.FullName, "docs", "privacy.md"));
        var rows = text.Split("## What happens to each table")[1].Split("\n## ")[0].Split('\n')
            .Where(l => l.StartsWith("| `", StringComparison.Ordinal));
        return new(rows.SelectMany(r => Name().Matches(r.Split('|')[1]).Select(m => m.Groups[1].Value)), StringComparer.Ordinal);
    }

    [GeneratedRegex("`([a-z_]+)`")]
    private static partial Regex Name();
}
