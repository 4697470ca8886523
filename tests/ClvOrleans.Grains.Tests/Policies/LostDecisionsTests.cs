using ClvOrleans.Policies;

namespace ClvOrleans.Grains.Tests.Policies;

/// <summary>A silo that ends takes no decision with it, and leaves none that is taken twice.</summary>
public sealed class LostDecisionsTests : IAsyncLifetime
{
    private readonly DecisionCluster _cluster = new();

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Everybody_is_decided_once_though_a_silo_is_killed_on_the_way()
    {
        const int Customers = 300;
        var store = new PolicyStore(_cluster);
        await store.DefineAsync("news", PolicyStore.Offer("""{ "amount": 300 }"""));
        foreach (var i in Enumerable.Range(0, Customers))
        {
            await store.ConsentAsync(store.Customer($"c{i}"));
            await store.PageAsync(store.Customer($"c{i}"));
            if (i == Customers / 2)
            {
                var settling = store.SettleAsync();
                await _cluster.Cluster.KillSiloAsync(_cluster.Cluster.Silos[1]);
                await settling;
            }
        }

        await store.SettleAsync();
        var decided = await store.DecidedAsync();
        Assert.Equal(Customers, decided.Count);
        Assert.Equal(Customers, decided.Select(d => d.Decision.Customer).Distinct().Count());
        Assert.Equal(150, decided.Count(d => d.Decision.Outcome == DecisionOutcome.Acted));
    }
}
