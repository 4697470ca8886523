using ClvOrleans.Contracts;
using ClvOrleans.Contracts.Customers;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;

namespace ClvOrleans.Grains.Tests.Customers;

/// <summary>
/// An e-mail address used as an id is one person in any case, also where a store of an earlier version kept it as it was written.
/// </summary>
public sealed class SpellingTests(StoreCluster cluster) : IClassFixture<StoreCluster>
{
    private readonly StoreId _store = cluster.NewStore();

    [Fact]
    public async Task Orders_under_two_spellings_of_an_address_are_one_customers()
    {
        await RecordAsync(Sent.Order(User("Anna@Shop.example"), "s1", 100), Sent.Order(User("anna@shop.example"), "s2", 50));
        await RecordAsync(Sent.Order(User("ANNA@SHOP.EXAMPLE"), "s3", 25), Sent.Refund(User("Anna@shop.example"), "s2", 10, "refund"));

        Assert.Equal(165, await NetAsync(User("anna@shop.example")));
        Assert.Equal(User("anna@shop.example"), await cluster.FindSuccessorAsync(User("ANNA@SHOP.EXAMPLE")));
    }

    [Fact]
    public async Task What_a_store_kept_under_another_spelling_comes_along_with_the_next_event()
    {
        var old = User("Bert@Shop.example");
        var before = Sent.Order(old, "b1", 100).Event;
        await cluster.Grains.GetCustomer(old).RecordAsync(new RecordEvents([before]));
        var outcomes = await RecordAsync(Sent.Order(old, "b2", 50), Sent.Order(old, "b1", 100, message: before.MessageId));

        Assert.Equal([OutcomeKind.Recorded, OutcomeKind.Duplicate], outcomes.Select(o => o.Kind));
        Assert.Equal(150, await NetAsync(User("bert@shop.example")));
        Assert.Equal(User("bert@shop.example"), await cluster.FindSuccessorAsync(old));
    }

    [Fact]
    public async Task An_alias_of_an_address_joins_every_spelling_of_it()
    {
        await RecordAsync(Sent.Order(User("carl@shop.example"), "c1", 100));
        await RecordAsync(Sent.Alias(User("4711"), "Carl@Shop.example", "alias"));

        Assert.Equal(100, await NetAsync(User("4711")));
    }

    [Fact]
    public async Task Other_ids_are_as_they_are_written()
    {
        await RecordAsync(Sent.Order(User("Dora"), "d1", 100), Sent.Order(User("dora"), "d2", 50), Sent.Order(User("@Dora"), "d3", 25));

        Assert.Equal((100, 50, 25), (await NetAsync(User("Dora")), await NetAsync(User("dora")), await NetAsync(User("@Dora"))));
    }

    private Task<EventOutcome[]> RecordAsync(params RoutedEvent[] events) => cluster.Router().RecordAsync(events);

    private async Task<long> NetAsync(CustomerId customer) =>
        (long)(await cluster.Grains.GetCustomer(customer).ViewAsync(null)).Summary.Net.Minor;

    private CustomerId User(string id) => CustomerId.OfUser(_store, id);
}
