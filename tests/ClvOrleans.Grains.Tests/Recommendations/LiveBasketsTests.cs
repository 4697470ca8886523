using System.Collections.Immutable;
using ClvOrleans.Contracts;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Recommendations.Baskets;
using ClvOrleans.Storage.Sqlite;
using CsCheck;
using Orleans.Storage;

namespace ClvOrleans.Grains.Tests.Recommendations;

/// <summary>What a customer's grain says of baskets is what the journal says, whatever happened to the grain.</summary>
public sealed class LiveBasketsTests(LiveBasketsTests.OftenCluster cluster) : IClassFixture<LiveBasketsTests.OftenCluster>
{
    private const int Customers = 2;
    private static readonly StoreId Nowhere = new("nowhere");

    private static readonly Gen<RoutedEvent> AnyEvent =
        from number in Gen.Int[0, 400]
        from kind in Gen.Int[0, 7]
        from day in Gen.Int[0, 160]
        from browser in Gen.Int[0, (2 * Customers) - 1]
        from order in Gen.Int[0, 8]
        from products in Gen.Int[0, 9].Array[0, 3]
        select EventOf(number, kind, day, browser, order, products);

    private static readonly Gen<SendingSchedule> Schedule = SendingSchedule.Of(AnyEvent, 60);

    [Fact]
    public Task Any_order_duplicates_refunds_merges_and_restarts_give_what_a_fold_of_the_journal_gives() => Schedule.SampleAsync(
        async schedule =>
        {
            var store = cluster.NewStore();
            await schedule.SendAsync(cluster, store, Customers);
            for (var c = 0; c < Customers; c++)
            {
                await AreAsFoldedAsync(CustomerId.OfUser(store, $"c{c}"));
                await AreAsFoldedAsync(CustomerId.OfVisitor(store, $"b{c}"));
            }
        },
        iter: 30,
        threads: 1);

    [Fact]
    public async Task A_snapshot_of_before_there_were_baskets_is_passed_over_and_made_anew()
    {
        var customer = CustomerId.OfUser(cluster.NewStore(), "anna");
        for (var i = 0; i < 10; i++)
        {
            await cluster.Router().RecordAsync([new RoutedEvent(customer, Order($"m{i}", $"o{i}", i, [i % 3]))]);
        }

        await cluster.DeactivateAsync(customer);
        var (storage, grain) = (cluster.Service<IGrainStorage>(0), cluster.Grains.GetCustomer(customer).GetGrainId());
        var state = new GrainState<CustomerSnapshot>(new CustomerSnapshot());
        await storage.ReadStateAsync("customer", grain, state);
        Assert.NotEmpty(state.State!.Baskets);
        state.State = state.State with { Baskets = [], Recent = [] };
        await storage.WriteStateAsync("customer", grain, state);
        await AreAsFoldedAsync(customer);
    }

    private async Task AreAsFoldedAsync(CustomerId customer)
    {
        var view = await cluster.Grains.GetCustomer(customer).BasketsAsync();
        if (view.MovedTo is not null)
        {
            Assert.Equal(0, view.Revision);
            return;
        }

        var settings = AnyStore.SettingsOf(customer.Store);
        var events = (await cluster.Journal.ReadAsync(customer, 0)).Select(e => e.Event).ToArray();
        var orders = CustomerState.Fold(events, settings).Orders.Values.Select(o => OrderedProducts.Of(o, settings));
        var expected = BasketHistory.Of(
            orders.Concat(events.Select(e => OrderedProducts.OfRefund(e, settings))).OfType<OrderedProducts>());
        Assert.Equal(events.Length, view.Revision);
        Assert.Equal(BasketFormat.Write(expected), view.Baskets);
        Assert.Equal(RecentFormat.Write(CustomerBaskets.Fold(events, settings).Recent), view.Recent);
    }

    private static RoutedEvent EventOf(int number, int kind, int day, int browser, int order, int[] products)
    {
        var message = $"m{number}";
        var visitor = CustomerId.OfVisitor(Nowhere, $"b{browser}");
        var customer = CustomerId.OfUser(Nowhere, $"c{browser % Customers}");
        var buyer = CustomerId.OfUser(Nowhere, $"c{order % Customers}");
        return kind switch
        {
            0 => new(visitor, Sent.Event(message, EventKind.ProductViewed, day) with { Products = Lines(products) }),
            1 => new(customer, Sent.Event(message, EventKind.ProductAdded, day) with { Products = Lines(products) }),
            2 => Sent.Identify(customer, visitor, message),
            3 => Sent.Refund(customer, $"o{order}", null, message, day),
            4 => new(customer, Sent.Refund(customer, $"o{order}", 1, message, day).Event with { Products = Lines(products) }),
            5 => new(customer, Sent.Event(message, EventKind.OrderCancelled, day) with { Order = new OrderFacts($"o{order}") }),
            _ => new(buyer, Order(message, $"o{order}", day, products)),
        };
    }

    private static CustomerEvent Order(string message, string order, int day, int[] products) =>
        Sent.Event(message, EventKind.OrderCompleted, day) with
        {
            Order = new OrderFacts(order, new Money(500)),
            Products = Lines(products),
        };

    private static ImmutableArray<ProductLine> Lines(int[] products) => [.. products.Select(p => new ProductLine($"p{p}"))];

    public sealed class OftenCluster() : StoreCluster(
        new SqliteOptions { Path = "", FullySynchronous = false },
        new CustomerOptions { SnapshotEvery = 4, Window = 3, Fingerprints = 30 });
}
