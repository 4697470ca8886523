using ClvOrleans.Contracts;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;

namespace ClvOrleans.Grains.Tests.Customers;

public sealed class IdentityTests(StoreCluster cluster) : IClassFixture<StoreCluster>
{
    private static readonly int MostIdentities = new CustomerOptions().MostIdentities;

    private readonly StoreId _store = cluster.NewStore();

    [Fact]
    public async Task Two_customers_who_share_a_browser_stay_two()
    {
        var browser = CustomerId.OfVisitor(_store, "family-laptop");
        await RecordAsync(Sent.Page(browser, "before"));
        await RecordAsync(Sent.Identify(User("anna"), browser, "i1"));
        await RecordAsync(Sent.Identify(User("bert"), browser, "i2"), Sent.Order(User("bert"), "1", 900) with { Visitor = browser });
        await RecordAsync(Sent.Page(browser, "after"));

        Assert.Equal((3, 0L), await ViewAsync(User("anna")));
        Assert.Equal((2, 900L), await ViewAsync(User("bert")));
    }

    [Fact]
    public async Task An_alias_joins_two_customers_and_both_names_lead_to_one()
    {
        await RecordAsync(Sent.Order(User("old"), "a1", 500), Sent.Order(User("new"), "a2", 700));
        await RecordAsync(Sent.Alias(User("new"), "old", "alias"));
        await RecordAsync(Sent.Refund(User("old"), "a1", 100, "refund"));

        Assert.Equal(User("new"), await cluster.FindSuccessorAsync(User("old")));
        Assert.Equal((4, 1_100L), await ViewAsync(User("new")));
    }

    [Fact]
    public async Task Aliases_in_a_circle_end_in_one_customer_with_all_orders()
    {
        string[] ids = ["A", "B", "C"];
        await RecordAsync([.. ids.Select((id, i) => Sent.Order(User(id), "circle" + id, 100 << i))]);
        await Task.WhenAll(ids.Select((id, i) => RecordAsync(Sent.Alias(User(ids[(i + 1) % 3]), id, "alias" + id))));

        var ends = new HashSet<CustomerId>();
        foreach (var id in ids)
        {
            var at = User(id);
            while (await cluster.FindSuccessorAsync(at) is { } next)
            {
                at = next;
            }

            ends.Add(at);
        }

        Assert.Equal((6, 700L), await ViewAsync(Assert.Single(ends)));
    }

    [Fact]
    public async Task Who_is_aliased_to_themselves_stays_as_they_are()
    {
        await RecordAsync(Sent.Order(User("self"), "s1", 100), Sent.Alias(User("self"), "self", "alias"));
        Assert.Null(await cluster.FindSuccessorAsync(User("self")));
        Assert.Equal((2, 100L), await ViewAsync(User("self")));
    }

    [Fact]
    public async Task Beyond_the_limit_identifications_are_refused_and_orders_still_count()
    {
        var crowd = User("crowd");
        var outcomes = await RecordAsync(
            [.. Enumerable.Range(0, MostIdentities + 1)
                .Select(i => Sent.Identify(crowd, CustomerId.OfVisitor(_store, $"crowd{i}"), $"i{i}"))]);
        var late = CustomerId.OfVisitor(_store, "late");
        var beyond = await RecordAsync(Sent.Identify(crowd, late, "late"), Sent.Order(crowd, "crowd", 100) with { Visitor = late });

        Assert.Equal(MostIdentities, outcomes.Count(o => o.Kind == OutcomeKind.Recorded));
        Assert.Equal(MostIdentities, (await cluster.Journal.FindIdentitiesAsync(crowd)).Count);
        Assert.Equal((OutcomeKind.Refused, "identity_limit"), (beyond[0].Kind, beyond[0].Code));
        Assert.Equal(OutcomeKind.Recorded, beyond[1].Kind);
        Assert.Null(await cluster.FindSuccessorAsync(late));
    }

    private Task<EventOutcome[]> RecordAsync(params RoutedEvent[] events) => cluster.Router().RecordAsync(events);

    private CustomerId User(string id) => CustomerId.OfUser(_store, id);

    private async Task<(int Events, long Net)> ViewAsync(CustomerId customer)
    {
        var view = await cluster.Grains.GetCustomer(customer).ViewAsync(null);
        return ((int)view.Revision, (long)view.Summary.Net.Minor);
    }
}
