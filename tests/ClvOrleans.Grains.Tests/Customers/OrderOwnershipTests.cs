using ClvOrleans.Contracts;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Storage.Journal;

namespace ClvOrleans.Grains.Tests.Customers;

public sealed class OrderOwnershipTests(StoreCluster cluster) : IClassFixture<StoreCluster>
{
    private readonly StoreId _store = cluster.NewStore();

    [Fact]
    public async Task An_order_of_two_customers_at_once_counts_for_one_of_them()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            cluster.Router(i % 2)
                .RecordAsync([Sent.Order(User($"u{i}"), "contested", 100, message: $"m{i}"), Sent.Page(User($"u{i}"), $"p{i}")])));

        Assert.Single(outcomes, o => o[0].Kind == OutcomeKind.Recorded);
        Assert.Equal(19, outcomes.Count(o => o[0] is { Kind: OutcomeKind.Duplicate, Code: "order_of_another_customer" }));
        Assert.All(outcomes, o => Assert.Equal(OutcomeKind.Recorded, o[1].Kind));
        var nets = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => NetAsync(User($"u{i}"))));
        Assert.Equal(100, nets.Sum());
    }

    [Fact]
    public async Task Of_two_customers_with_one_order_in_a_batch_the_first_has_it()
    {
        var sent = Enumerable.Range(0, 50).SelectMany(i => (RoutedEvent[])[
            Sent.Order(User($"first{i}"), $"batch{i}", 100, message: $"first{i}"),
            Sent.Order(User($"second{i}"), $"batch{i}", 100, message: $"second{i}")]);
        var outcomes = await RecordAsync([.. sent]);

        Assert.All(outcomes.Where((_, i) => i % 2 == 0), o => Assert.Equal(OutcomeKind.Recorded, o.Kind));
        Assert.All(outcomes.Where((_, i) => i % 2 == 1), o => Assert.Equal("order_of_another_customer", o.Code));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_same_order_of_a_visitor_and_a_customer_makes_them_one_person(bool visitorFirst)
    {
        var (visitor, user) = (CustomerId.OfVisitor(_store, $"v{visitorFirst}"), User($"c{visitorFirst}"));
        var order = $"both{visitorFirst}";
        RoutedEvent[] sent = [
            Sent.Order(visitor, order, 100, message: order + "browser"), Sent.Order(user, order, 100, message: order + "server")
        ];
        await RecordAsync(Sent.Page(visitor, "page" + order));
        await RecordAsync(sent[visitorFirst ? 0 : 1]);
        await RecordAsync(sent[visitorFirst ? 1 : 0]);

        Assert.Equal(user, await cluster.FindSuccessorAsync(visitor));
        Assert.Equal(100, await NetAsync(user));
        Assert.Equal(3, (await cluster.Grains.GetCustomer(user).ViewAsync(null)).Revision);
    }

    [Fact]
    public async Task Refunds_that_race_with_their_orders_all_arrive()
    {
        var orders = Enumerable.Range(0, 100).ToArray();
        var clerk = User("clerk");
        await Task.WhenAll(
            Task.WhenAll(orders.Select(i => cluster.Router(0).RecordAsync([Sent.Order(User($"r{i}"), $"race{i}", 100)]))),
            Task.WhenAll(orders.Select(i => cluster.Router(1).RecordAsync([Sent.Refund(clerk, $"race{i}", 40, $"refund{i}")]))));

        var nets = await Task.WhenAll(orders.Select(i => NetAsync(User($"r{i}"))));
        Assert.All(nets, net => Assert.Equal(60, net));
        Assert.Empty(await cluster.Journal.HeldAsync(_store, [.. orders.Select(i => $"race{i}")]));
    }

    [Fact]
    public async Task A_refund_that_waited_is_known_when_it_is_sent_again()
    {
        var refund = Sent.Refund(User("clerk"), "late", 40, "refund-late");
        Assert.Equal("order_unknown", (await RecordAsync(refund))[0].Code);
        Assert.Equal("order_unknown", (await RecordAsync(refund))[0].Code);
        await RecordAsync(Sent.Order(User("buyer"), "late", 100));

        Assert.Equal(OutcomeKind.Duplicate, (await RecordAsync(refund))[0].Kind);
        Assert.Equal(60, await NetAsync(User("buyer")));
    }

    [Fact]
    public async Task A_writer_behind_the_back_fences_the_grain_off_and_nothing_is_lost()
    {
        var customer = User("fenced");
        await RecordAsync(Sent.Order(customer, "f1", 100));
        var head = await cluster.Rows.FindAsync(customer);
        var other = Sent.Page(customer, "other").Event;
        await cluster.Journal.AppendAsync(new CustomerCommit { Row = head! with { Sequence = 2 }, ExpectedSequence = 1, Events = [other] });

        Assert.Equal(OutcomeKind.Recorded, (await RecordAsync(Sent.Order(customer, "f2", 100)))[0].Kind);
        var entries = await cluster.Journal.ReadAsync(customer, 0);
        Assert.Equal([(1, "order:f1"), (2, "other"), (3, "order:f2")], entries.Select(e => ((int)e.Sequence, e.Event.MessageId)));
        Assert.Equal(200, await NetAsync(customer));
    }

    private Task<EventOutcome[]> RecordAsync(params RoutedEvent[] events) => cluster.Router().RecordAsync(events);

    private CustomerId User(string id) => CustomerId.OfUser(_store, id);

    private async Task<long> NetAsync(CustomerId customer) =>
        (long)(await cluster.Grains.GetCustomer(customer).ViewAsync(null)).Summary.Net.Minor;
}
