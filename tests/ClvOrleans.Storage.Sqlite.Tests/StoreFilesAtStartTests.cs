using ClvOrleans.Storage.Conformance;
using Microsoft.Data.Sqlite;

namespace ClvOrleans.Storage.Sqlite.Tests;

/// <summary>
/// Files that are not what they were when the service was last running: refused in one sentence, and never begun anew over what was there.
/// </summary>
public sealed class StoreFilesAtStartTests
{
    [Theory]
    [InlineData("missing or empty", "deleted")]
    [InlineData("missing or empty", "emptied")]
    [InlineData("missing or empty", "deleted without its -wal")]
    [InlineData("missing or empty", "deleted, as its mark was")]
    [InlineData("damaged", "header")]
    [InlineData("damaged", "page")]
    [InlineData("damaged", "truncated")]
    [InlineData("is a folder", "folder")]
    [InlineData("another program", "foreign")]
    [InlineData("holds Snapshots", "snapshots")]
    [InlineData("another journal", "other")]
    [InlineData("lacks the last 2 of 12 transactions", "older")]
    public async Task A_journal_that_was_tampered_with_is_refused_in_one_sentence(string expected, string act)
    {
        var folder = await WrittenAsync();
        await TamperAsync(folder, act);
        var error = Assert.Throws<StorageUnavailableException>(() => SqliteStore.Open(folder));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains(SqliteStore.JournalIn(folder), error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task A_wal_that_was_deleted_after_the_process_was_killed_is_noticed()
    {
        var killed = await KilledAsync();
        File.Delete(SqliteStore.JournalIn(killed) + "-wal");
        var error = Assert.Throws<StorageUnavailableException>(() => SqliteStore.Open(killed));
        Assert.Contains("lacks the last 5 of 5 transactions", error.Message, StringComparison.Ordinal);
        Assert.Contains("-wal was deleted", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_killed_process_leaves_a_store_that_opens_with_everything()
    {
        var killed = await KilledAsync();
        await using var store = SqliteStore.Open(killed);
        Assert.Empty(store.Notes);
        Assert.Equal(5, (await new SqliteJournal(store.Journal, store.Writer).ReadAsync(Sample.Customer("anna"), 0)).Count);
    }

    [Fact]
    public async Task Whoever_means_to_go_on_with_an_older_copy_deletes_the_mark()
    {
        var folder = await WrittenAsync();
        await TamperAsync(folder, "older");
        File.Delete(JournalMark.PathOf(SqliteStore.JournalIn(folder)));
        await using var store = SqliteStore.Open(folder);
        Assert.Equal(10, (await new SqliteJournal(store.Journal, store.Writer).ReadAsync(Sample.Customer("anna"), 0)).Count);
    }

    [Theory]
    [InlineData("header")]
    [InlineData("page")]
    [InlineData("foreign")]
    [InlineData("newer")]
    [InlineData("other")]
    public async Task Snapshots_that_cannot_be_used_are_set_aside_and_begun_anew(string act)
    {
        var folder = await WrittenAsync();
        var path = SqliteStore.SnapshotsIn(folder);
        switch (act)
        {
            case "header":
                Smash(path, 0, 4096);
                break;
            case "page":
                Smash(path, 4096, 8192);
                break;
            case "foreign":
                File.Delete(path);
                Run(path, "CREATE TABLE t (a)");
                break;
            case "newer":
                Run(path, "INSERT INTO schema_migrations (name) VALUES ('Snapshots/9999-of-tomorrow.sql')");
                break;
            default:
                File.Copy(SqliteStore.SnapshotsIn(await WrittenAsync()), path, overwrite: true);
                break;
        }

        var bytes = await File.ReadAllBytesAsync(path);
        await using (var store = SqliteStore.Open(folder))
        {
            Assert.Contains(path + ".set-aside", Assert.Single(store.Notes), StringComparison.Ordinal);
            Assert.Equal(12, (await new SqliteJournal(store.Journal, store.Writer).ReadAsync(Sample.Customer("anna"), 0)).Count);
        }

        Assert.Equal(bytes, await File.ReadAllBytesAsync(path + ".set-aside"));
        await using var again = SqliteStore.Open(folder);
        Assert.Empty(again.Notes);
    }

    [Fact]
    public async Task Snapshots_that_were_deleted_are_begun_anew_without_a_word()
    {
        var folder = await WrittenAsync();
        File.Delete(SqliteStore.SnapshotsIn(folder));
        await using var store = SqliteStore.Open(folder);
        Assert.Empty(store.Notes);
    }

    [Fact]
    public async Task A_file_that_another_program_keeps_locked_is_refused()
    {
        var folder = await WrittenAsync();
        using var other = new SqliteConnection($"Data Source={SqliteStore.JournalIn(folder)};Pooling=false");
        other.Open();
        using var command = other.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        command.ExecuteNonQuery();
        var options = new SqliteOptions { Path = SqliteStore.JournalIn(folder), LockWait = TimeSpan.FromSeconds(1) };
        var error = Assert.Throws<StorageUnavailableException>(() => new SqliteDatabase(options));
        Assert.Contains("is locked by another program", error.Message, StringComparison.Ordinal);
    }

    // A folder as a clean end leaves it, after 12 transactions; "older" is the journal as it was after 10.
    private static async Task<string> WrittenAsync()
    {
        var folder = TemporaryFolder.New();
        await WriteAsync(folder, 0, 10);
        File.Copy(SqliteStore.JournalIn(folder), Path.Combine(folder, "older"));
        await WriteAsync(folder, 10, 2);
        return folder;
    }

    private static async Task WriteAsync(string folder, int from, int count)
    {
        await using var store = SqliteStore.Open(folder);
        var journal = new SqliteJournal(store.Journal, store.Writer);
        for (var i = from; i < from + count; i++)
        {
            await journal.AppendAsync(Sample.Commit("anna", i, $"m{i}"));
        }
    }

    // The files as they are at some moment while the store is open: what kill -9 leaves.
    private static async Task<string> KilledAsync()
    {
        var (folder, killed) = (TemporaryFolder.New(), TemporaryFolder.New());
        await using var store = SqliteStore.Open(folder);
        for (var i = 0; i < 5; i++)
        {
            await new SqliteJournal(store.Journal, store.Writer).AppendAsync(Sample.Commit("anna", i, $"m{i}"));
        }

        foreach (var file in Directory.GetFiles(folder).Where(f => !f.EndsWith("-shm", StringComparison.Ordinal)))
        {
            File.Copy(file, Path.Combine(killed, Path.GetFileName(file)));
        }

        return killed;
    }

    private static async Task TamperAsync(string folder, string act)
    {
        var path = SqliteStore.JournalIn(folder);
        var length = (int)new FileInfo(path).Length;
        switch (act)
        {
            case "deleted":
                File.Delete(path);
                break;
            case "deleted without its -wal":
                File.Delete(path);
                await File.WriteAllTextAsync(path + "-wal", "rest");
                File.Delete(SqliteStore.SnapshotsIn(folder));
                File.Delete(JournalMark.PathOf(path));
                break;
            case "deleted, as its mark was":
                File.Delete(path);
                File.Delete(JournalMark.PathOf(path));
                break;
            case "emptied":
                await File.WriteAllBytesAsync(path, []);
                break;
            case "header":
                Smash(path, 0, 100);
                break;
            case "page":
                Smash(path, 4096 * 3, 4096);
                break;
            case "truncated":
                using (var file = File.OpenWrite(path))
                {
                    file.SetLength(length / 2 / 4096 * 4096);
                }

                break;
            case "folder":
                File.Delete(path);
                Directory.CreateDirectory(path);
                break;
            case "foreign":
                File.Delete(path);
                Run(path, "CREATE TABLE t (a)");
                break;
            case "snapshots":
                File.Copy(SqliteStore.SnapshotsIn(folder), path, overwrite: true);
                break;
            case "other":
                File.Copy(SqliteStore.JournalIn(await WrittenAsync()), path, overwrite: true);
                break;
            default:
                File.Copy(Path.Combine(folder, "older"), path, overwrite: true);
                break;
        }
    }

    private static void Smash(string path, int from, int count)
    {
        using var file = File.OpenWrite(path);
        file.Position = from;
        file.Write([.. Enumerable.Repeat((byte)0xDE, count)]);
    }

    private static void Run(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
