using ClvOrleans.Contracts;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Storage.Sqlite;

namespace ClvOrleans.Grains.Tests.Customers;

public sealed class IdentityChainTests(IdentityChainTests.ManyIdentities cluster) : IClassFixture<IdentityChainTests.ManyIdentities>
{
    private const int Limit = 1_000;
    private readonly StoreId _store = cluster.NewStore();

    [Fact]
    public async Task Every_former_id_of_a_long_chain_leads_to_its_end_at_once_while_all_its_grains_live()
    {
        const int Links = 40;
        await RecordAsync(Sent.Order(User(0), "chain", 100));
        for (var i = 1; i <= Links; i++)
        {
            await RecordAsync(Sent.Alias(User(i), $"k{i - 1}", $"alias{i}"));
        }

        for (var i = 0; i < Links; i++)
        {
            Assert.Equal(User(Links), (await cluster.Grains.GetCustomer(User(i)).ViewAsync(null)).MovedTo);
        }

        var outcomes =
            await RecordAsync(Sent.Order(User(0), "late", 50), Sent.Order(CustomerId.OfUser(_store, "innocent"), "innocent", 70));
        Assert.All(outcomes, o => Assert.Equal(OutcomeKind.Recorded, o.Kind));
        Assert.Equal(150, await NetAsync(User(Links)));
    }

    [Fact]
    public async Task Five_hundred_chained_aliases_in_one_batch_make_one_customer()
    {
        const int Links = 500;
        var outcomes = await RecordAsync([
            .. Enumerable.Range(0, Links + 1).Select(i => Sent.Order(User(i), $"o{i}", 1)),
            .. Enumerable.Range(1, Links).Select(i => Sent.Alias(User(i), $"k{i - 1}", $"alias{i}")),
            Sent.Order(CustomerId.OfUser(_store, "innocent"), "innocent", 70)]);

        Assert.All(outcomes, o => Assert.Equal(OutcomeKind.Recorded, o.Kind));
        Assert.Equal(Links + 1, await NetAsync(User(Links)));
        Assert.Equal(User(Links), await cluster.FindSuccessorAsync(User(0)));
        Assert.Equal(70, await NetAsync(CustomerId.OfUser(_store, "innocent")));
    }

    [Fact]
    public async Task Identities_of_both_sides_count_towards_the_limit()
    {
        const int Half = (Limit / 2) + 1;
        foreach (var side in (int[])[1, 2])
        {
            var joined = await RecordAsync(
                [.. Enumerable.Range(0, Half)
                    .Select(i => Sent.Identify(User(side), CustomerId.OfVisitor(_store, $"v{side}-{i}"), $"i{side}-{i}"))]);
            Assert.All(joined, o => Assert.Equal(OutcomeKind.Recorded, o.Kind));
        }

        var outcome = Assert.Single(await RecordAsync(Sent.Alias(User(1), "k2", "alias")));
        Assert.Equal((OutcomeKind.Refused, "identity_limit"), (outcome.Kind, outcome.Code));
        Assert.Null(await cluster.FindSuccessorAsync(User(2)));
    }

    [Fact]
    public async Task Many_who_would_become_one_at_once_do_not_pass_the_limit()
    {
        var batches = await Task.WhenAll(Enumerable.Range(0, 8).Select(b => cluster.Router(b % 2).RecordAsync(
            [.. Enumerable.Range(0, Limit / 4)
                .Select(i => Sent.Identify(User(3), CustomerId.OfVisitor(_store, $"star{b}-{i}"), $"star{b}-{i}"))])));

        var outcomes = batches.SelectMany(o => o).ToList();
        Assert.Equal(Limit, (await cluster.Journal.FindIdentitiesAsync(User(3))).Count);
        Assert.Equal(Limit, outcomes.Count(o => o.Kind == OutcomeKind.Recorded));
        Assert.All(outcomes.Where(o => o.Kind != OutcomeKind.Recorded), o => Assert.Equal("identity_limit", o.Code));
    }

    private Task<EventOutcome[]> RecordAsync(params RoutedEvent[] events) => cluster.Router().RecordAsync(events);

    private CustomerId User(int i) => CustomerId.OfUser(_store, $"k{i}");

    private async Task<long> NetAsync(CustomerId customer) =>
        (long)(await cluster.Grains.GetCustomer(customer).ViewAsync(null)).Summary.Net.Minor;

    public sealed class ManyIdentities() : StoreCluster(
        new SqliteOptions { Path = "", FullySynchronous = false }, new CustomerOptions { MostIdentities = Limit });
}
