using ClvOrleans.Storage.Conformance;
using Microsoft.Data.Sqlite;

namespace ClvOrleans.Storage.Sqlite.Tests;

/// <summary>
/// Files that are taken away, locked or filled under a running store: nothing is acknowledged that is not there, and it goes on when it
/// can.
/// </summary>
public sealed class StoreFilesWhileRunningTests
{
    [Fact]
    public async Task A_journal_that_was_deleted_acknowledges_nothing_and_is_not_made_anew()
    {
        await using var store = new TestStore();
        await store.Journal.AppendAsync(Sample.Commit("anna", 0, "m0"));
        File.Delete(store.Database.Path);

        var error = await Assert.ThrowsAsync<StorageUnavailableException>(() => store.Journal.AppendAsync(Sample.Commit("anna", 1, "m1")));
        Assert.Contains($"{store.Database.Path} was deleted or moved", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StorageUnavailableException>(async () => await store.Journal.ReadAsync(Sample.Customer("anna"), 0));
        Assert.Equal((error.Message, false), ((await store.Health.CheckAsync())?.Message, store.Health.Trouble!.CanRead));
        Assert.False(File.Exists(store.Database.Path));
    }

    [Fact]
    public async Task A_journal_that_is_put_back_goes_on_by_itself()
    {
        await using var store = new TestStore();
        await store.Journal.AppendAsync(Sample.Commit("anna", 0, "m0"));
        File.Move(store.Database.Path, store.Database.Path + ".away");
        Assert.NotNull(await store.Health.CheckAsync());

        File.Move(store.Database.Path + ".away", store.Database.Path);
        Assert.Null(await store.Health.CheckAsync());
        await store.Journal.AppendAsync(Sample.Commit("anna", 1, "m1"));
        Assert.Equal(2, (await store.Journal.ReadAsync(Sample.Customer("anna"), 0)).Count);
    }

    [Fact]
    public async Task A_journal_that_was_replaced_is_neither_read_nor_written()
    {
        await using var store = new TestStore();
        await using var other = new TestStore();
        await other.Journal.AppendAsync(Sample.Commit("bea", 0, "m0"));
        await other.DisposeAsync();
        File.Move(other.Database.Path, store.Database.Path, overwrite: true);
        var bytes = await File.ReadAllBytesAsync(store.Database.Path);

        var error = await Assert.ThrowsAsync<StorageUnavailableException>(() => store.Journal.AppendAsync(Sample.Commit("anna", 0, "m0")));
        Assert.Contains("was replaced under the running service", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StorageUnavailableException>(async () => await store.Journal.ReadAsync(Sample.Customer("bea"), 0));
        Assert.Equal(bytes, await File.ReadAllBytesAsync(store.Database.Path));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_journal_that_an_older_copy_was_written_over_acknowledges_nothing_more_and_is_not_opened_again(bool isNoticedAtOnce)
    {
        var store = new TestStore();
        await store.Journal.AppendAsync(Sample.Commit("anna", 0, "m0"));
        var copy = await CopyAsync();
        for (var i = 1; i < 5; i++)
        {
            await store.Journal.AppendAsync(Sample.Commit("anna", i, $"m{i}"));
        }

        await CopyAsync();
        await using (var file = File.Open(store.Database.Path, FileMode.Truncate)) // As cp does: the file stays the same one.
        {
            await file.WriteAsync(copy);
        }

        if (isNoticedAtOnce)
        {
            Assert.Contains("an older copy was written over it", (await store.Health.CheckAsync())?.Message, StringComparison.Ordinal);
        }

        var error = await Assert.ThrowsAsync<StorageUnavailableException>(() => store.Journal.AppendAsync(Sample.Commit("bea", 0, "m0")));
        Assert.Contains("an older copy was written over it", error.Message, StringComparison.Ordinal);
        Assert.Equal((error.Message, false), ((await store.Health.CheckAsync())?.Message, store.Health.Trouble!.CanRead));

        await store.DisposeAsync();
        error = Assert.Throws<StorageUnavailableException>(() => new SqliteDatabase(store.Options));
        Assert.Contains("lacks the last 4 of 5 transactions", error.Message, StringComparison.Ordinal);

        async Task<byte[]> CopyAsync()
        {
            using var connection = store.Database.Open();
            SqliteDatabase.Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
            return await File.ReadAllBytesAsync(store.Database.Path);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_deleted_wal_held_is_saved_and_nothing_is_acknowledged_after_it(bool isNoticedAtOnce)
    {
        await using var store = new TestStore();
        for (var i = 0; i < 5; i++)
        {
            await store.Journal.AppendAsync(Sample.Commit("anna", i, $"m{i}"));
        }

        File.Delete(store.Database.Path + "-wal");
        if (isNoticedAtOnce)
        {
            await store.Health.CheckAsync();
        }

        for (var again = 0; again < 2; again++)
        {
            var error = await Assert.ThrowsAsync<StorageUnavailableException>(
                () => store.Journal.AppendAsync(Sample.Commit("anna", 5, "m5")));
            Assert.Contains("start the service again", error.Message, StringComparison.Ordinal);
        }

        var copy = Path.Combine(TemporaryFolder.New(), "clv.db");
        File.Copy(store.Database.Path, copy);
        File.Copy(JournalMark.PathOf(store.Database.Path), JournalMark.PathOf(copy));
        var options = store.Options with { Path = copy };
        using var database = new SqliteDatabase(options);
        await using var writer = new SqliteWriter(database, options);
        Assert.Equal(5, (await new SqliteJournal(database, writer).ReadAsync(Sample.Customer("anna"), 0)).Count);
    }

    [Fact]
    public async Task On_a_full_disk_commits_fail_reads_go_on_and_it_recovers_by_itself()
    {
        await using var store = new TestStore();
        await store.Journal.AppendAsync(Sample.Commit("anna", 0, "m0"));
        var full = store.Writer.WriteAsync(session =>
        {
            session.Run("PRAGMA max_page_count = 1"); // Until the writer's connection is opened anew.
            session.Run(
                    "CREATE TABLE filler AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) "
                        + "SELECT i, randomblob(4096) AS b FROM n");
        });

        var error = await Assert.ThrowsAsync<StorageUnavailableException>(() => full);
        Assert.Contains("full: make room", error.Message, StringComparison.Ordinal);
        Assert.True(store.Health.Trouble is { CanRead: true, Lasts: false });
        Assert.Single(await store.Journal.ReadAsync(Sample.Customer("anna"), 0));
        Assert.Null(await store.Health.CheckAsync());
        await store.Journal.AppendAsync(Sample.Commit("anna", 1, "m1"));
    }

    [Fact]
    public async Task Another_programs_lock_is_waited_for_a_bounded_time_and_named()
    {
        await using var store = new TestStore(o => o with { LockWait = TimeSpan.FromSeconds(1) });
        using (var other = new SqliteConnection($"Data Source={store.Database.Path};Pooling=false"))
        {
            other.Open();
            using var command = other.CreateCommand();
            command.CommandText = "BEGIN IMMEDIATE";
            command.ExecuteNonQuery();
            var error = await Assert.ThrowsAsync<StorageUnavailableException>(
                () => store.Journal.AppendAsync(Sample.Commit("anna", 0, "m0")));
            Assert.Contains("is locked by another program", error.Message, StringComparison.Ordinal);
            Assert.NotNull(store.Health.Trouble);
        }

        await store.Journal.AppendAsync(Sample.Commit("anna", 0, "m0"));
        Assert.Null(store.Health.Trouble);
    }

    [Fact]
    public async Task A_piece_of_work_that_fails_by_itself_takes_nothing_with_it()
    {
        await using var store = new TestStore();
        using var held = new ManualResetEventSlim();
        var first = store.Writer.WriteAsync(_ => held.Wait());
        var wrong = store.Writer.WriteAsync(session => session.Run("INSERT INTO nowhere (a) VALUES (1)"));
        var taken = store.Writer.WriteAsync(session =>
        {
            session.Run("INSERT INTO market_entries (store, id, payload) VALUES ('s', 'a', x'00')");
            session.Run("INSERT INTO market_entries (store, id, payload) VALUES ('s', 'a', x'00')");
        });
        var good = store.Journal.AppendAsync(Sample.Commit("anna", 0, "m0"));
        held.Set();

        await Task.WhenAll(first, good);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => wrong);
        var bug = await Assert.ThrowsAsync<InvalidOperationException>(() => taken);
        Assert.Contains("market_entries.store, market_entries.id", bug.Message, StringComparison.Ordinal);
        Assert.Single(await store.Journal.ReadAsync(Sample.Customer("anna"), 0));
    }

    [Fact]
    public async Task Whatever_else_goes_wrong_in_the_writer_its_next_work_is_done()
    {
        await using var store = new TestStore();
        var broken = store.Writer.WriteAsync(session => session.Run("ROLLBACK")); // No transaction is left to end.
        await Assert.ThrowsAsync<StorageUnavailableException>(() => broken);
        await store.Journal.AppendAsync(Sample.Commit("anna", 0, "m0"));
        Assert.Null(store.Health.Trouble);
    }
}
