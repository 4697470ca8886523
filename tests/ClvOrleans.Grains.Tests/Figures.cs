using ClvOrleans.Contracts;
using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Grains.Tests;

/// <summary>What a store says of a customer in each place: all of it must be one figure.</summary>
internal static class Figures
{
    /// <summary>
    /// Asserts that a customer's journal, state, row, orders and shard hold so many orders and nothing else, each of one minor unit.
    /// </summary>
    public static async Task AreAsync(this StoreCluster cluster, CustomerId customer, int orders)
    {
        var entries = await cluster.Journal.ReadAsync(customer, 0);
        var owners = await cluster.Journal.FindOwnersAsync(customer.Store, [.. entries.Select(e => e.Event.OrderId!)]);
        var view = await cluster.Grains.GetCustomer(customer).ViewAsync(null);
        var row = (await cluster.Rows.FindAsync(customer))!;
        var shard = await cluster.Grains.GetShard(customer.Store, customer.Shard).SumAsync();

        Assert.Equal(Enumerable.Range(1, orders).Select(i => (long)i), entries.Select(e => e.Sequence));
        Assert.Equal(orders, owners.Count(o => o.Value == customer));
        Assert.Equal((orders, orders, orders), ((int)view.Revision, view.Summary.Orders, (int)view.Summary.Net.Minor));
        Assert.Equal((orders, orders, orders), ((int)row.Sequence, row.Summary.Orders, (int)row.Contribution.Sums.Historic.Minor));
        Assert.Equal((1, orders), ((int)shard.Cells.Values.Sum(c => c.Customers), (int)shard.Cells.Values.Sum(c => c.Orders)));
    }
}
