using ClvOrleans.Contracts;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Storage.Sqlite;
using ClvOrleans.Testing;
using Microsoft.Data.Sqlite;
using Orleans.Storage;

namespace ClvOrleans.Grains.Tests.Customers;

/// <summary>A snapshot is a cache: whatever is wrong with it costs time, never an answer.</summary>
public sealed class SnapshotTests(SnapshotTests.OftenCluster cluster) : IClassFixture<SnapshotTests.OftenCluster>, IDisposable
{
    private const int Every = 4;
    private const int Fingerprints = 30;
    private readonly StoreId _store = cluster.NewStore();

    public void Dispose() => cluster.Faults.Stop();

    [Theory]
    [InlineData("UPDATE OrleansStorage SET PayloadBinary = x'7B22'")]
    [InlineData("UPDATE OrleansStorage SET PayloadBinary = zeroblob(length(PayloadBinary))")]
    [InlineData("UPDATE OrleansStorage SET PayloadBinary = CAST(substr(PayloadBinary, 1, length(PayloadBinary) - 1) || x'2A' AS BLOB)")]
    [InlineData("UPDATE OrleansStorage SET PayloadBinary = NULL")]
    [InlineData("""UPDATE OrleansStorage SET PayloadBinary = CAST('{"$type":"Gone, Gone","Sequence":9}' AS BLOB)""")]
    public async Task One_that_cannot_be_read_is_passed_over_and_made_anew(string damage)
    {
        var customer = User("damaged");
        await SendAsync(customer, 0, 10);
        await cluster.DeactivateAsync(customer);
        Execute(damage);
        await cluster.AreAsync(customer, 10);

        await SendAsync(customer, 10, 20);
        await cluster.DeactivateAsync(customer);
        Assert.InRange((await ReadAsync(customer)).Sequence, 20 - Every + 1, 20);
        await cluster.AreAsync(customer, 20);
    }

    [Fact]
    public async Task One_of_another_journal_is_passed_over()
    {
        var customer = User("other-journal");
        await SendAsync(customer, 0, 10);
        await cluster.DeactivateAsync(customer);
        var storage = cluster.Service<IGrainStorage>(0);
        var state = new GrainState<CustomerSnapshot>(new CustomerSnapshot());
        await storage.ReadStateAsync("customer", cluster.Grains.GetCustomer(customer).GetGrainId(), state);
        var other = CustomerState.Fold([Sent.Order(customer, "elsewhere", 999).Event], AnyStore.SettingsOf(_store));
        state.State = state.State! with { MessageId = "elsewhere", State = other.ToBytes() };
        await storage.WriteStateAsync("customer", cluster.Grains.GetCustomer(customer).GetGrainId(), state);

        await cluster.AreAsync(customer, 10);
    }

    [Theory]
    [InlineData("IGrainStorage.ReadStateAsync", FaultKind.Fail)]
    [InlineData("IGrainStorage.WriteStateAsync", FaultKind.Fail)]
    [InlineData("IGrainStorage.WriteStateAsync", FaultKind.FailAfter)]
    public async Task A_storage_that_fails_is_reported_once_and_changes_no_answer(string call, FaultKind kind)
    {
        var customer = User(call + kind);
        cluster.SnapshotLog.Lines.Clear();
        cluster.Faults.Always(call, new Fault(kind, c => new ArithmeticException(c + kind)));
        for (var i = 0; i < 5; i++)
        {
            await SendAsync(customer, i * 10, (i + 1) * 10);
            cluster.Time.Advance(TimeSpan.FromMinutes(1));
            if (i % 2 == 1)
            {
                await cluster.DeactivateAsync(customer);
            }

            await cluster.AreAsync(customer, (i + 1) * 10);
        }

        // One line a silo at most, though both silos may have met it; none where the kind is known from another test.
        Assert.InRange(cluster.SnapshotLog.Lines.Count, 0, 2);
        cluster.Faults.Stop();
        cluster.Time.Advance(TimeSpan.FromMinutes(1));
        await SendAsync(customer, 50, 60);
        await cluster.DeactivateAsync(customer);
        await cluster.AreAsync(customer, 60);
        Assert.InRange((await ReadAsync(customer)).Sequence, 60 - Every + 1, 60);
    }

    [Fact]
    public async Task A_customer_opened_from_a_snapshot_asks_the_journal_of_no_new_event()
    {
        var customer = User("opened");
        await SendAsync(customer, 0, 10);
        await cluster.DeactivateAsync(customer);
        var before = Asked();
        await SendAsync(customer, 10, 20);
        Assert.Equal(before, Asked());

        // A repetition of an event that is no longer among the latest is asked for: all of a batch at once.
        var again = await cluster.Router()
            .RecordAsync([.. Enumerable.Range(0, 10).Select(i => Sent.Order(customer, $"{customer.Id}{i}", 1))]);
        Assert.All(again, o => Assert.Equal(OutcomeKind.Duplicate, o.Kind));
        Assert.Equal(before + 1, Asked());
        await cluster.AreAsync(customer, 20);
    }

    [Fact]
    public async Task Of_a_customer_with_too_many_events_to_remember_the_journal_is_asked_once_a_batch()
    {
        var customer = User("many");
        await SendAsync(customer, 0, Fingerprints + 10);
        await cluster.DeactivateAsync(customer);
        var before = Asked();
        await cluster.Router()
            .RecordAsync([.. Enumerable.Range(0, Fingerprints + 30).Select(i => Sent.Order(customer, $"{customer.Id}{i}", 1))]);
        Assert.Equal(before + 1, Asked());
        await cluster.AreAsync(customer, Fingerprints + 30);
    }

    private int Asked() => cluster.Faults.Calls.GetValueOrDefault("IJournal.KnownAsync");

    private async Task SendAsync(CustomerId customer, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            Assert.Equal(
                OutcomeKind.Recorded,
                Assert.Single(await cluster.Router(i % 2).RecordAsync([Sent.Order(customer, $"{customer.Id}{i}", 1)])).Kind);
        }
    }

    private async Task<CustomerSnapshot> ReadAsync(CustomerId customer)
    {
        var state = new GrainState<CustomerSnapshot>(new CustomerSnapshot());
        await cluster.Service<IGrainStorage>(0).ReadStateAsync("customer", cluster.Grains.GetCustomer(customer).GetGrainId(), state);
        return state.State!;
    }

    private void Execute(string sql)
    {
        using SqliteConnection connection = cluster.Snapshots.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.NotEqual(0, command.ExecuteNonQuery());
    }

    private CustomerId User(string id) => CustomerId.OfUser(_store, id);

    public sealed class OftenCluster() : StoreCluster(
        new SqliteOptions { Path = "", FullySynchronous = false },
        new CustomerOptions { SnapshotEvery = Every, Window = 3, Fingerprints = Fingerprints });
}
