using ClvOrleans.Contracts;
using ClvOrleans.Contracts.Market;
using ClvOrleans.Contracts.Segments;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Models;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Grains.Tests.Segments;

/// <summary>Invariant 7: no report is older than its stated age, for silent customers too.</summary>
public sealed class RefreshTests(StoreCluster cluster) : IClassFixture<StoreCluster>
{
    private const int Page = 250;
    private readonly StoreId _store = cluster.NewStore();

    private DateOnly Today => AnyStore.SettingsOf(_store).DayOf(cluster.Time.GetUtcNow());

    [Fact]
    public async Task The_first_report_of_a_day_is_of_that_day_for_customers_who_did_nothing()
    {
        var customers = Enumerable.Range(0, 40).Select(c => CustomerId.OfUser(_store, $"c{c}")).ToArray();
        await cluster.Router().RecordAsync([.. customers.Select((c, i) => Sent.Order(c, $"o{i}", 1_000 + i, i))]);
        var before = await cluster.Grains.GetSegments(_store).ReportAsync();
        Assert.Equal((Today, 0), (before.OldestEstimate, before.Waiting));

        cluster.Time.Skip(TimeSpan.FromDays(30));
        var after = await cluster.Grains.GetSegments(_store).ReportAsync();
        Assert.Equal((Today, 0), (after.OldestEstimate, after.Waiting));
        Assert.Equal(31, after.Rows.Length);
        Assert.Equal(await AliveAsync(customers), after.Rows.Sum(r => r.Sums.Alive));
        Assert.True(after.Rows.Sum(r => r.Sums.Alive) < before.Rows.Sum(r => r.Sums.Alive));
    }

    [Fact]
    public async Task A_read_renews_a_page_and_says_how_many_estimates_wait_and_of_which_day_until_the_sweep_is_through()
    {
        const int Customers = (2 * Page) + 100;
        var shard = await FillShardAsync(Customers);
        Assert.Equal((Today, 0), Age(await shard.SumAsync()));

        var yesterday = Today;
        cluster.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal((yesterday, Customers - Page), Age(await shard.SumAsync()));
        Assert.False(await shard.RefreshAsync());
        Assert.True(await shard.RefreshAsync());
        Assert.Equal((Today, 0), Age(await shard.SumAsync()));
    }

    [Fact]
    public async Task A_changed_market_calendar_renews_every_estimate_once()
    {
        const int Customers = Page + 10;
        var shard = await FillShardAsync(Customers);
        await shard.SumAsync();
        var written = await WrittenAsync(0);
        Assert.True(await shard.RefreshAsync());
        Assert.Empty(await WrittenAsync(written[^1].Commit));

        await cluster.Grains.GetMarket(_store).PutAsync(new PutMarket([new MarketEntry("sale", MarketKind.Promotion, Today, Today)]));
        cluster.Time.Advance(TimeSpan.FromMinutes(1)); // The other silo's copy of the calendar is as old as that.
        Assert.Equal((Today, 10), Age(await shard.SumAsync()));
        Assert.True(await shard.RefreshAsync());
        Assert.Equal((Today, 0), Age(await shard.SumAsync()));
        var renewed = await WrittenAsync(written[^1].Commit);
        Assert.Equal(Customers, renewed.Select(c => c.Customer).Distinct().Count());
        Assert.True(await shard.RefreshAsync());
        Assert.Empty(await WrittenAsync(renewed[^1].Commit));
    }

    private static (DateOnly, long) Age(ShardSums sums) => (sums.OldestEstimate, sums.Waiting);

    private async Task<IShardGrain> FillShardAsync(int customers)
    {
        var ids = Enumerable.Range(0, int.MaxValue).Select(c => CustomerId.OfUser(_store, $"c{c}")).Where(c => c.Shard == 0)
            .Take(customers);
        await Task.WhenAll(ids.Select(c => cluster.Journal.AppendAsync(CommitOf(c))));
        return cluster.Grains.GetShard(_store, 0);
    }

    // What the customer's grain would write for a first order.
    private CustomerCommit CommitOf(CustomerId customer)
    {
        var (settings, order) = (AnyStore.SettingsOf(_store), Sent.Order(customer, customer.Id, 1_000).Event);
        var summary = CustomerSummary.Of(CustomerState.Fold([order], settings), settings);
        var champion = cluster.Service<IChampions>(0).Find(_store);
        var estimate = champion.Model.Estimate(summary, MarketCalendar.Empty, settings, Today, settings.Horizon);
        var contribution = Contribution.Of(1, champion.Generation, summary, estimate, settings.MarginBasisPoints);
        return new CustomerCommit
        {
            Row = new CustomerRow { Id = customer, Sequence = 1, Summary = summary, Contribution = contribution },
            ExpectedSequence = 0,
            Events = [order],
        };
    }

    private async Task<List<ShardChange>> WrittenAsync(long after) => await cluster.Rows.ChangesAsync(_store, 0, after).ToListAsync();

    // What the model says today of each customer, in millionths as heads keep it.
    private async Task<long> AliveAsync(CustomerId[] customers)
    {
        var settings = AnyStore.SettingsOf(_store);
        var model = cluster.Service<IChampions>(0).Find(_store).Model;
        var sum = 0L;
        foreach (var customer in customers)
        {
            var summary = (await cluster.Grains.GetCustomer(customer).ViewAsync(null)).Summary;
            sum += (long)Math.Round(
                model.Estimate(summary, MarketCalendar.Empty, settings, Today, settings.Horizon).ProbabilityAlive * 1e6);
        }

        return sum;
    }
}
