using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Storage.Sql;

namespace ClvOrleans.Grains.Tests.Customers;

/// <summary>
/// Two clusters over one PostgreSQL database that do not know each other, so that every customer is active twice: the key of the journal
/// lets one write at a time, and nothing is lost or there twice.
/// </summary>
public sealed class StrangerTests : IAsyncLifetime
{
    private const int Orders = 40;
    private readonly PostgresSchema _schema = new();
    private readonly Cluster _one;
    private readonly Cluster _other;

    public StrangerTests() => (_one, _other) = (new Cluster(_schema), new Cluster(_schema));

    public async ValueTask InitializeAsync()
    {
        await _one.InitializeAsync();
        await _other.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Fact]
    public async Task Two_activations_of_a_customer_write_each_event_once()
    {
        CustomerId[] customers = [.. Enumerable.Range(0, 8).Select(i => CustomerId.OfUser(new StoreId($"s{i}"), "anna"))];
        foreach (var round in new[] { "a", "b", "c" })
        {
            await Task.WhenAll(
                customers.SelectMany(c => new[] { SendAsync(_one, c, $"one-{round}"), SendAsync(_other, c, $"other-{round}") }));
        }

        var contested = 0;
        foreach (var customer in customers)
        {
            var entries = await _one.Journal.ReadAsync(customer, 0);
            Assert.Equal(6 * Orders, entries.Select(e => e.Event.Key).Distinct().Count());
            Assert.Equal(Enumerable.Range(1, 6 * Orders).Select(i => (long)i), entries.Select(e => e.Sequence));
            foreach (var cluster in new[] { _one, _other })
            {
                await cluster.DeactivateAsync(customer);
                await cluster.AreAsync(customer, 6 * Orders);
            }

            contested += await WritersAsync(customer) == 2 ? 1 : 0;
        }

        Assert.Equal(customers.Length, contested);
    }

    [Fact]
    public async Task An_order_that_both_claim_has_one_owner()
    {
        var store = new StoreId("contested");
        var (anna, bea) = (CustomerId.OfUser(store, "anna"), CustomerId.OfUser(store, "bea"));
        await Task.WhenAll(Enumerable.Range(0, Orders).SelectMany(i => new[]
        {
            _one.Router().RecordAsync([Sent.Order(anna, $"o{i}", 1)]), _other.Router().RecordAsync([Sent.Order(bea, $"o{i}", 1)]),
        }));
        var owners = await _one.Journal.FindOwnersAsync(store, [.. Enumerable.Range(0, Orders).Select(i => $"o{i}")]);
        Assert.Equal(Orders, owners.Count);
        var summaries = await Task.WhenAll(new[] { anna, bea }.Select(c => _other.Rows.FindAsync(c)));
        Assert.Equal(
            [owners.Count(o => o.Value == anna), owners.Count(o => o.Value == bea)], summaries.Select(r => r?.Summary.Orders ?? 0));
    }

    private static async Task SendAsync(Cluster cluster, CustomerId customer, string name)
    {
        RoutedEvent[] events = [.. Enumerable.Range(0, Orders).Select(i => Sent.Order(customer, $"{name}-{i}", 1))];
        while ((await cluster.Router().RecordAsync(events)).Any(o => o.Kind == OutcomeKind.Failed))
        {
            await Task.Yield();
        }
    }

    private async Task<long> WritersAsync(CustomerId customer) => (await _one.Service<ISqlDatabase>(0).ReadAsync(
        "SELECT count(DISTINCT writer) FROM events WHERE store = $store AND customer = $customer", row => row.GetInt64(0),
        ("$store", customer.Store.Value), ("$customer", customer.ToText()))).Single();

    private sealed class Cluster(PostgresSchema schema) : StoreCluster
    {
        private protected override Task<ClusterStorage> OpenStorageAsync() => schema.OpenAsync();
    }
}
