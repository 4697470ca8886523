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

    [Fact]
    public async Task A_file_is_scrubbed_in_parts_while_others_commit_and_read_and_nothing_else_of_it_changes()
    {
        const int People = 2_000;
        const int Written = 1_000; // The file grows with them, and what is new is scrubbed too.
        await using var store = new TestStore(o => o with { ScrubbedAtOnce = 64 << 10, FullySynchronous = false });
        var erasures = new SqlErasures(new SqliteSqlDatabase(store.Database, store.Writer));
        string[] names =
        [
            .. Enumerable.Range(0, People).Select(i => $"{(i * 7919) % People:D6}-{(i % 10 == 0 ? "leaves" : "stays")}-{i:D6}"),
        ];
        // Some of them with rows of several pages.
        string[][] messages = [.. names.Select(n => new[] { $"m1-{n}", n[0] == '7' || n[5] == '3' ? Long($"m2-{n}") : $"m2-{n}" })];
        await Task.WhenAll(names.Select((n, i) => store.Journal.AppendAsync(Sample.Commit(n, 0, messages[i]))));
        foreach (var name in names.Where((_, i) => i % 10 == 0))
        {
            await erasures.EraseAsync(Sample.Customer(name), suppress: false, Sample.Time, [], TestContext.Current.CancellationToken);
        }

        await erasures.ClearAsync(Sample.Shop, Sample.Time.AddDays(1), TestContext.Current.CancellationToken);
        using var end = new CancellationTokenSource();
        var written = 0;
        var writing = Task.Run(async () =>
        {
            for (; !end.IsCancellationRequested && written < Written; written++)
            {
                await store.Journal.AppendAsync(
                    Sample.Commit($"{(written * 7907) % 100_000:D6}-comes", 0, $"n1-{written}", Long($"n2-{written}")));
            }
        });
        var reading = Task.Run(async () =>
        {
            for (var i = 1; !end.IsCancellationRequested; i = (i + 10) % People)
            {
                Assert.Equal(2, (await store.Journal.ReadAsync(Sample.Customer(names[i]), 0)).Count);
            }
        });
        Assert.True(await erasures.CompactAsync(TestContext.Current.CancellationToken));
        await end.CancelAsync();
        await Task.WhenAll(writing, reading);
        Assert.True(await erasures.CompactAsync(TestContext.Current.CancellationToken));

        var bytes = Directory.GetFiles(store.Folder).Select(Text).ToArray();
        Assert.All(bytes, b => Assert.DoesNotContain("-leaves-", b, StringComparison.Ordinal));
        using var connection = store.Database.Open();
        using var check = connection.CreateCommand();
        check.CommandText = "PRAGMA integrity_check";
        Assert.Equal("ok", check.ExecuteScalar());
        for (var i = 1; i < People; i += i % 10 == 9 ? 2 : 1)
        {
            var read = await store.Journal.ReadAsync(Sample.Customer(names[i]), 0);
            Assert.Equal(messages[i], read.Select(e => e.Event.MessageId));
        }

        Assert.True(written > 0);
        Assert.Equal(
            Long($"n2-{written - 1}"),
            (await store.Journal.ReadAsync(Sample.Customer($"{((written - 1) * 7907) % 100_000:D6}-comes"), 0))[1].Event.MessageId);
    }

    [Fact]
    public async Task A_scrub_waits_for_whoever_reads()
    {
        await using var store = new TestStore();
        var erasures = new SqlErasures(new SqliteSqlDatabase(store.Database, store.Writer));
        await store.Journal.AppendAsync(Sample.Commit("anna", 0, "m1"));
        using var reader = store.Database.Open();
        using var transaction = reader.BeginTransaction(deferred: true);
        using var command = reader.CreateCommand();
        (command.Transaction, command.CommandText) = (transaction, "SELECT count(*) FROM events");
        Assert.Equal(1L, command.ExecuteScalar());
        await erasures.EraseAsync(Sample.Customer("anna"), suppress: false, Sample.Time, [], TestContext.Current.CancellationToken);

        var scrub = erasures.CompactAsync(TestContext.Current.CancellationToken);
        await store.Journal.AppendAsync(Sample.Commit("bea", 0, "m2"));
        Assert.False(scrub.IsCompleted);
        Assert.Equal(1L, command.ExecuteScalar());
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
        Assert.True(await scrub);
        Assert.Single(await store.Journal.ReadAsync(Sample.Customer("bea"), 0));
    }

    private static string Long(string text) => string.Concat(Enumerable.Repeat(text + "/", 400));

    private static string Text(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return System.Text.Encoding.Latin1.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }
}
