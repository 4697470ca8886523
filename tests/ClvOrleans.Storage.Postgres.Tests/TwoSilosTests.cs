using System.Data;
using System.Diagnostics;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Storage.Conformance;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Testing;
using Npgsql;

namespace ClvOrleans.Storage.Postgres.Tests;

/// <summary>Two silos write to one database, and the server ends their connections at any moment.</summary>
public sealed class TwoSilosTests : IAsyncLifetime
{
    private const int Shard = 7;
    private readonly string _schema = $"s{Guid.NewGuid():N}";
    private PostgresStore _one = null!;
    private PostgresStore _other = null!;

    private string Text => TestServer.ConnectionStringFor(_schema);

    public async ValueTask InitializeAsync()
    {
        await RunAsync($"CREATE SCHEMA {_schema}");

        // Both find no tables and want to create them.
        var opened = await Task.WhenAll(OpenAsync(), OpenAsync());
        (_one, _other) = (opened[0], opened[1]);
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task What_was_acknowledged_is_there_once_and_in_commit_order_whatever_connections_end(int seed)
    {
        CustomerId[] customers = [
            .. Enumerable.Range(0, 10_000).Select(i => Sample.Customer($"c{i}")).Where(c => c.Shard == Shard).Take(12)
        ];
        using var end = new CancellationTokenSource();
        var killing = KillAsync(new Random(seed), end.Token);
        var writing = Task.WhenAll(
            Enumerable.Range(0, 8).Select(w => WriteAsync(w % 2 == 0 ? _one : _other, customers, new Random((seed * 100) + w), w)));
        var following = FollowAsync(writing);
        var acknowledged = await writing;
        var (last, revisions) = await following;
        await end.CancelAsync();
        await killing;

        var rows = new PostgresCustomerRows(_one.Database);
        var journal = new PostgresJournal(_other.Database, _other.Writer);
        Assert.Equal(last, await Retry(() => rows.FindCommitAsync(Sample.Shop, Shard)));
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var customer in customers)
        {
            var entries = await Retry(() => journal.ReadAsync(customer, 0));
            Assert.Equal(Enumerable.Range(1, entries.Count).Select(i => (long)i), entries.Select(e => e.Sequence));
            Assert.Equal(entries.Count, (await Retry(() => rows.FindAsync(customer)))?.Sequence ?? 0);
            Assert.Equal(entries.Count, revisions.GetValueOrDefault(customer));
            Assert.All(entries, e => Assert.True(found.Add(e.Event.MessageId), e.Event.MessageId));
        }

        Assert.Empty(acknowledged.SelectMany(a => a).Except(found));
        Assert.True(found.Count > 100, $"Only {found.Count} events were written.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_silo_that_freezes_in_the_middle_of_a_commit_holds_up_the_others_for_seconds_only(bool isCopying)
    {
        var customer = Sample.Customer("c1");
        await using var frozen = await ConnectAsync();
        await using var transaction = await frozen.BeginTransactionAsync();
        await TakeNumberAsync(frozen, customer);
        await using var copy = isCopying
            ? await frozen.BeginBinaryImportAsync("COPY events (store, customer) FROM STDIN (FORMAT BINARY)")
            : null;

        var journal = new PostgresJournal(_one.Database, _one.Writer);
        var clock = Stopwatch.StartNew();
        await journal.AppendAsync(Sample.Commit(customer, 0, "m1"));

        Assert.InRange(clock.Elapsed.TotalSeconds, 4, 30);
        Assert.Equal(["m1"], (await journal.ReadAsync(customer, 0)).Select(e => e.Event.MessageId));
        await Assert.ThrowsAnyAsync<Exception>(() => copy?.CompleteAsync().AsTask() ?? transaction.CommitAsync());
    }

    [Fact]
    public async Task A_reader_that_takes_its_time_is_left_alone()
    {
        var customer = Sample.Customer("c1");
        await using var slow = await ConnectAsync();
        await using var moment = await slow.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        await using var count = new NpgsqlCommand("SELECT count(*) FROM events", slow);
        Assert.Equal(0L, await count.ExecuteScalarAsync());
        await using var frozen = await ConnectAsync();
        await using var transaction = await frozen.BeginTransactionAsync();
        await TakeNumberAsync(frozen, customer);

        await new PostgresJournal(_one.Database, _one.Writer).AppendAsync(Sample.Commit(customer, 0, "m1"));

        Assert.Equal(0L, await count.ExecuteScalarAsync());
    }

    private async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection($"{Text};Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    // As a commit does, last of all.
    private static async Task TakeNumberAsync(NpgsqlConnection connection, CustomerId customer)
    {
        await using var number = new NpgsqlCommand(
            $"INSERT INTO shard_commits (store, shard, commit_number) VALUES ('{customer.Store.Value}', {customer.Shard}, 1)", connection);
        await number.ExecuteNonQueryAsync();
    }

    private static async Task<T> Retry<T>(Func<Task<T>> call)
    {
        while (true)
        {
            try
            {
                return await call();
            }
            catch (StorageUnavailableException)
            {
                // Its connection was ended.
            }
        }
    }

    private static async Task<List<string>> WriteAsync(PostgresStore store, CustomerId[] customers, Random random, int writer)
    {
        var journal = new PostgresJournal(store.Database, store.Writer);
        var mine = new List<string>();
        for (var i = 0; i < 60; i++)
        {
            var (customer, message) = (customers[random.Next(customers.Length)], $"w{writer}-{i}");
            try
            {
                await journal.AppendAsync(Sample.Commit(customer, (await journal.FindTipAsync(customer)).Sequence, message));
                mine.Add(message);
            }
            catch (Exception e) when (e is SequenceConflictException or StorageUnavailableException)
            {
            }
        }

        return mine;
    }

    private async Task<(long Last, Dictionary<CustomerId, long> Revisions)> FollowAsync(Task writing)
    {
        var (rows, last, revisions) = (new PostgresCustomerRows(_other.Database), 0L, new Dictionary<CustomerId, long>());
        for (var isLastLook = false; !isLastLook;)
        {
            isLastLook = writing.IsCompleted;
            var changes = await Retry(async () => await rows.ChangesAsync(Sample.Shop, Shard, last).ToListAsync());
            foreach (var change in changes)
            {
                Assert.True(change.Commit > last, $"Commit {change.Commit} came after {last}.");
                Assert.True(change.Contribution.Revision > revisions.GetValueOrDefault(change.Customer), $"{change} came again.");
                (last, revisions[change.Customer]) = (change.Commit, change.Contribution.Revision);
            }
        }

        return (last, revisions);
    }

    // Ends the connections of both silos, in the middle of whatever they do.
    private async Task KillAsync(Random random, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            await RunAsync(
                $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND application_name = '{_schema}' "
                    + $"AND state <> 'idle' ORDER BY random() LIMIT {random.Next(1, 4)}");
        }
    }

    private Task<PostgresStore> OpenAsync() =>
        PostgresStore.OpenAsync(new PostgresOptions { ConnectionString = $"{Text};Application Name={_schema}", MostConnections = 10 });

    private Task RunAsync(string sql) => TestServer.RunAsync(Text, sql);
}
