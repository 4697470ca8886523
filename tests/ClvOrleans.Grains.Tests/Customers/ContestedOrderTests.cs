using ClvOrleans.Contracts;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Testing;

namespace ClvOrleans.Grains.Tests.Customers;

/// <summary>An order that came under two identities before they were known as one counts as if they had always been one.</summary>
public sealed class ContestedOrderTests(StoreCluster cluster) : IClassFixture<StoreCluster>
{
    private readonly StoreId _store = cluster.NewStore();

    public static TheoryData<string> Aliased => [.. Permutations("ABCR")];

    public static TheoryData<string> Identified => [.. Permutations("ABCD")];

    [Theory]
    [MemberData(nameof(Aliased))]
    public async Task Of_an_order_under_two_customers_who_are_aliased_the_earlier_completion_counts_whatever_came_first(string arrival)
    {
        var (user, old, order) = (User("u" + arrival), User("old" + arrival), "o" + arrival);
        var sent = new Dictionary<char, RoutedEvent>
        {
            ['A'] = Sent.Order(user, order, 100, day: 2, message: "A" + arrival),
            ['B'] = Sent.Order(old, order, 50, day: 1, message: "B" + arrival),
            ['C'] = Sent.Alias(user, "old" + arrival, "C" + arrival),
            ['R'] = Sent.Refund(User("clerk"), order, 20, "R" + arrival, day: 3),
        };
        foreach (var name in arrival)
        {
            await RecordAsync(sent[name]);
        }

        Assert.Equal((4, 50L, 30L), await ViewAsync(user));
        Assert.Equal(user, await cluster.FindSuccessorAsync(old));
        Assert.Equal(["A", "B", "C", "R"], (await cluster.Journal.ReadAsync(user, 0)).Select(e => e.Event.MessageId[..1]).Order());

        // Sent again, each is known: nothing changes.
        var again = await RecordAsync([.. sent.Values]);
        Assert.All(again, o => Assert.Equal(OutcomeKind.Duplicate, o.Kind));
        Assert.Equal((4, 50L, 30L), await ViewAsync(user));
    }

    [Theory]
    [MemberData(nameof(Identified))]
    public async Task Of_an_order_under_two_visitors_who_are_identified_the_earlier_completion_counts_whatever_came_first(string arrival)
    {
        var (user, one, other) = (User("p" + arrival), Visitor("v" + arrival), Visitor("w" + arrival));
        var sent = new Dictionary<char, RoutedEvent>
        {
            ['A'] = Sent.Order(one, "v" + arrival, 100, day: 2, message: "vA" + arrival),
            ['B'] = Sent.Order(other, "v" + arrival, 50, day: 1, message: "vB" + arrival),
            ['C'] = Sent.Identify(user, one, "vC" + arrival),
            ['D'] = Sent.Identify(user, other, "vD" + arrival),
        };
        foreach (var name in arrival)
        {
            await RecordAsync(sent[name]);
        }

        Assert.Equal((4, 50L, 50L), await ViewAsync(user));
    }

    [Theory]
    [InlineData("ABC")]
    [InlineData("ACB")]
    [InlineData("BAC")]
    [InlineData("BCA")]
    [InlineData("CAB")]
    [InlineData("CBA")]
    public async Task A_visitor_whose_order_another_visitor_had_becomes_the_same_customer(string arrival)
    {
        var (user, one, other) = (User("q" + arrival), Visitor("x" + arrival), Visitor("y" + arrival));
        var sent = new Dictionary<char, RoutedEvent>
        {
            ['A'] = Sent.Order(one, "x" + arrival, 100, day: 2, message: "xA" + arrival),
            ['B'] = Sent.Order(other, "x" + arrival, 50, day: 1, message: "xB" + arrival),
            ['C'] = Sent.Identify(user, one, "xC" + arrival),
        };
        foreach (var name in arrival)
        {
            await RecordAsync(sent[name]);
        }

        Assert.Equal((3, 50L, 50L), await ViewAsync(user));
        Assert.Equal(user, await cluster.FindSuccessorAsync(other));
    }

    [Fact]
    public async Task A_join_that_fails_before_it_comes_to_the_rivals_is_finished_when_its_order_is_sent_again()
    {
        var (user, one, other) = (User("late"), Visitor("first"), Visitor("second"));
        await RecordAsync(Sent.Order(one, "shared", 100, day: 2, message: "one"));
        await RecordAsync(Sent.Order(other, "shared", 50, day: 1, message: "other"));
        var order = Sent.Order(user, "shared", 70, day: 3, message: "user");

        cluster.Faults.Next("IJournal.FindRivalsAsync", 1, new Fault(FaultKind.Fail));
        Assert.Equal(OutcomeKind.Failed, Assert.Single(await RecordAsync(order)).Kind);
        Assert.NotEqual(OutcomeKind.Failed, Assert.Single(await RecordAsync(order)).Kind);

        Assert.Equal(user, await cluster.FindSuccessorAsync(one));
        Assert.Equal(user, await cluster.FindSuccessorAsync(other));
        Assert.Equal((3, 50L, 50L), await ViewAsync(user));
    }

    [Theory]
    [InlineData(1, 2, 3)]
    [InlineData(3, 2, 1)]
    [InlineData(2, 3, 1)]
    public async Task An_order_contested_by_a_chain_of_customers_is_settled_when_the_chain_closes(params int[] links)
    {
        var chain = string.Concat(links);
        await RecordAsync(
            Sent.Order(User($"d{chain}"), chain, 400, day: 4, message: "d" + chain),
            Sent.Order(User($"c{chain}"), chain, 300, day: 3, message: "c" + chain),
            Sent.Order(User($"b{chain}"), chain, 200, day: 2, message: "b" + chain),
            Sent.Order(User($"a{chain}"), chain, 100, day: 1, message: "a" + chain));
        foreach (var link in links)
        {
            await RecordAsync(Sent.Alias(User($"{"abcd"[link]}{chain}"), $"{"abcd"[link - 1]}{chain}", $"alias{link}{chain}"));
        }

        Assert.Equal((7, 100L, 100L), await ViewAsync(User("d" + chain)));
        Assert.All(
            await RecordAsync(Sent.Order(User("b" + chain), chain, 200, day: 2, message: "b" + chain)),
            o => Assert.Equal(OutcomeKind.Duplicate, o.Kind));
    }

    [Fact]
    public async Task An_order_of_two_customers_who_stay_two_counts_for_the_first_and_the_other_is_told()
    {
        await RecordAsync(Sent.Order(User("one"), "two", 100, message: "one"));
        var outcome = Assert.Single(await RecordAsync(Sent.Order(User("other"), "two", 100, message: "other")));
        Assert.Equal((OutcomeKind.Duplicate, "order_of_another_customer"), (outcome.Kind, outcome.Code));
        Assert.Equal((1, 100L, 100L), await ViewAsync(User("one")));
        Assert.Equal((0, 0L, 0L), await ViewAsync(User("other")));
    }

    private static IEnumerable<string> Permutations(string names) => names.Length < 2
        ? [names]
        : names.SelectMany(
            first => Permutations(names.Replace(first.ToString(), "", StringComparison.Ordinal)).Select(rest => first + rest));

    private Task<EventOutcome[]> RecordAsync(params RoutedEvent[] events) => cluster.Router().RecordAsync(events);

    private CustomerId User(string id) => CustomerId.OfUser(_store, id);

    private CustomerId Visitor(string id) => CustomerId.OfVisitor(_store, id);

    private async Task<(int Events, long Gross, long Net)> ViewAsync(CustomerId customer)
    {
        var view = await cluster.Grains.GetCustomer(customer).ViewAsync(null);
        return ((int)view.Revision, (long)view.Summary.Gross.Minor, (long)view.Summary.Net.Minor);
    }
}
