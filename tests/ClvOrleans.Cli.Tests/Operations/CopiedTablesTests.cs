using ClvOrleans.Storage.Postgres.Copies;
using ClvOrleans.Storage.Sqlite.Copies;

namespace ClvOrleans.Cli.Tests.Operations;

/// <summary>What copies rest on.</summary>
public sealed class CopiedTablesTests
{
    [Fact]
    public async Task Both_engines_have_the_same_tables_with_the_same_columns()
    {
        await using var files = await SqliteCopyTarget.CreateAsync(ClvProcess.NewFolder());
        await using var database = await PostgresCopyTarget.OpenAsync((await Place.NewAsync(isPostgres: true)).Postgres!);
        Assert.Equal(
            files.Tables.Select(t => $"{t.Name}: {string.Join(", ", t.Columns)}"),
            database.Tables.OrderBy(t => t.Name, StringComparer.Ordinal).Select(t => $"{t.Name}: {string.Join(", ", t.Columns)}"));
    }
}
