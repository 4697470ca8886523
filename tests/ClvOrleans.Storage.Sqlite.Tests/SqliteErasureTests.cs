using ClvOrleans.Domain.Customers;
using ClvOrleans.Storage.Conformance;
using ClvOrleans.Storage.Sql;

namespace ClvOrleans.Storage.Sqlite.Tests;

/// <summary>What an erasure on SQLite promises beyond the contract.</summary>
public sealed class SqliteErasureTests
{
    public static TheoryData<string> Deletes => [.. SqlErasureSteps.Deletes];

    [Theory]
    [MemberData(nameof(Deletes))]
    public async Task No_statement_reads_a_whole_table(string statement)
    {
        await using var store = new TestStore();
        using var connection = store.Database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"EXPLAIN QUERY PLAN {statement}";
        command.Parameters.AddWithValue("$store", "shop");
        command.Parameters.AddWithValue("$customer", "c:anna");
        using var rows = command.ExecuteReader();
        var plan = new List<string>();
        while (rows.Read())
        {
            plan.Add(rows.GetString(3));
        }

        Assert.NotEmpty(plan);
        Assert.DoesNotContain(plan, step => step.StartsWith("SCAN", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bytes_of_rows_that_were_moved_between_pages_are_gone_from_the_file_after_an_erasure()
    {
        await using var store = new TestStore();
        var database = new SqliteSqlDatabase(store.Database, store.Writer);
        var erasures = new SqlErasures(database);
        string[] names = [.. Enumerable.Range(0, 2_000).Select(i => $"person-{i:D6}-{(i * 7919) % 2_000:D6}")];
        foreach (var name in names.OrderBy(n => n[^6..], StringComparer.Ordinal))
        {
            await store.Journal.AppendAsync(Sample.Commit(name, 0, $"m1-{name}", $"m2-{name}"));
        }

        string[] gone = [.. names.Where((_, i) => i % 20 == 0)];
        foreach (var name in gone)
        {
            await erasures.EraseAsync(Sample.Customer(name), suppress: false, Sample.Time, [], TestContext.Current.CancellationToken);
        }

        await erasures.ClearAsync(CustomerId.OfUser(Sample.Shop, "x").Store, Sample.Time.AddDays(1), TestContext.Current.CancellationToken);
        await erasures.CompactAsync(TestContext.Current.CancellationToken);
        var bytes = Directory.GetFiles(store.Folder).Select(Text).ToArray();
        Assert.All(gone, name => Assert.DoesNotContain(bytes, b => b.Contains(name, StringComparison.Ordinal)));
        Assert.Contains(bytes, b => b.Contains(names[1], StringComparison.Ordinal));
    }

    private static string Text(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return System.Text.Encoding.Latin1.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }
}
