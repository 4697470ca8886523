using ClvOrleans.Contracts;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Grains.Models;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Grains.Tests.Segments;

/// <summary>A journal that holds orders of amounts that no door lets in any more: nothing overflows, and nothing is lost.</summary>
public sealed class GreatAmountsTests(StoreCluster cluster) : IClassFixture<StoreCluster>
{
    private readonly StoreId _store = cluster.NewStore();

    [Fact]
    public async Task Reports_lists_and_folds_hold_orders_that_add_up_to_more_than_64_bits()
    {
        // Each of two customers has more than 64 bits hold, and so has their sum.
        CustomerId[] rich = [CustomerId.OfUser(_store, "rich1"), CustomerId.OfUser(_store, "rich2")];
        await Task.WhenAll(rich.Select(c => AppendAsync(c, 3, long.MaxValue)));
        await cluster.Router().RecordAsync([Sent.Order(CustomerId.OfUser(_store, "anna"), "a1", 5_000)]);

        var report = await cluster.Grains.GetSegments(_store).ReportAsync();
        Assert.Equal((Int128)long.MaxValue * 6 + 5_000, report.Rows.Aggregate(Int128.Zero, (sum, r) => sum + r.Sums.Historic.Minor));
        Assert.Equal(7, report.Rows.Sum(r => r.Sums.Orders));

        var list = await cluster.Rows.QueryAsync(
            new CustomerRowQuery(_store, null, 0, int.MaxValue, CustomerRowSort.Historic, 2, null, true));
        Assert.Equal([(Int128)long.MaxValue * 3, (Int128)long.MaxValue * 3], list.Rows.Select(h => h.Contribution.Sums.Gross.Minor));
        var next = await cluster.Rows.QueryAsync(
            new CustomerRowQuery(_store, null, 0, int.MaxValue, CustomerRowSort.Historic, 2, list.Next, true));
        Assert.Equal("anna", Assert.Single(next.Rows).Id.Id);

        // Their grains go on: a further order, and one that takes the rest back.
        await cluster.Router().RecordAsync([Sent.Order(rich[0], "more", 1_000)]);
        Assert.Equal((Int128)long.MaxValue * 3 + 1_000, (await cluster.Grains.GetCustomer(rich[0]).ViewAsync(null)).Summary.Gross.Minor);
        await cluster.Router().RecordAsync([.. Enumerable.Range(0, 3).Select(i => Cancel(rich[0], $"{rich[0].Id}-{i}"))]);
        Assert.Equal(1_000, (int)(await cluster.Rows.FindAsync(rich[0]))!.Contribution.Sums.Gross.Minor);
    }

    private static RoutedEvent Cancel(CustomerId customer, string order) =>
        new(customer, Sent.Event("cancel:" + order, EventKind.OrderCancelled, 30) with { Order = new OrderFacts(order) });

    // Straight through the port of storage, as an earlier program might have.
    private async Task AppendAsync(CustomerId customer, int orders, long minor)
    {
        var settings = AnyStore.SettingsOf(_store);
        var events = Enumerable.Range(0, orders).Select(i => Sent.Order(customer, $"{customer.Id}-{i}", minor, i).Event).ToArray();
        var summary = CustomerSummary.Of(CustomerState.Fold(events, settings), settings);
        var model = cluster.Service<IChampions>(0).Find(_store).Model;
        var estimate = model.Estimate(summary, MarketCalendar.Empty, settings, settings.DayOf(cluster.Time.GetUtcNow()), settings.Horizon);
        await cluster.Journal.AppendAsync(new CustomerCommit
        {
            ExpectedSequence = 0,
            Events = [.. events],
            ClaimedOrders = [.. events.Select(e => e.OrderId!)],
            Row = new CustomerRow
            {
                Id = customer,
                Sequence = orders,
                Summary = summary,
                Contribution = Contribution.Of(orders, 0, summary, estimate, settings.MarginBasisPoints),
            },
        });
    }
}
