using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Valuation.Clusters;
using ClvOrleans.Valuation.Rfm;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Storage.Conformance.CustomerRows;

/// <summary><see cref="ICustomerRows"/>: one row a customer, as current as the journal.</summary>
public class CustomerRowTests<TEngine> : StoreTests<TEngine>
    where TEngine : IStorageEngine, new()
{
    private static readonly DateOnly Day = new(2026, 6, 15);
    private static readonly EstimateTerms Due = new(Day, 2, MarketCalendar.Empty.ToVersion());

    [Fact]
    public async Task A_row_holds_amounts_of_128_bits_exactly_and_is_sorted_and_found_by_them()
    {
        Int128[] amounts = [Int128.MinValue, long.MinValue, 0, 5, long.MaxValue, (Int128)long.MaxValue + 1, Int128.MaxValue];
        var rows = amounts.Select((a, i) => Of($"c{i}") with
        {
            Sums = new SegmentSums { Customers = 1, Gross = new(a), Historic = new(a), AtRisk = new(a), Variance = a, Hazard = i },
        }).ToArray();
        for (var i = 0; i < rows.Length; i++)
        {
            await AddAsync($"c{i}", rows[i]);
            Assert.Equal(rows[i], (await Store.Rows.FindAsync(Sample.Customer($"c{i}")))!.Contribution);
        }

        var list = await Store.Rows.QueryAsync(new CustomerRowQuery(Shop, null, 0, int.MaxValue, CustomerRowSort.Historic, 10, null));
        Assert.Equal(["c4", "c5", "c6", "c3", "c2", "c0", "c1"], list.Rows.Select(h => h.Id.Id));
        Assert.Equal(["c3", "c4", "c5", "c6"], (await Store.Rows.SpendersAsync(Shop, new Money(5)).ToListAsync()).Select(c => c.Id));
    }

    [Fact]
    public async Task Late_is_what_rests_on_another_day_an_older_model_or_another_market_but_not_a_day_that_the_customer_was_seen_on()
    {
        (string Name, Contribution Row)[] rows =
        [
            ("fine", Of("fine")),
            ("yesterday", Of("yesterday") with { EstimatedOn = Day.AddDays(-1) }),
            ("tomorrow", Of("tomorrow") with { EstimatedOn = Day.AddDays(1) }),
            ("seen-tomorrow", Of("seen-tomorrow") with { EstimatedOn = Day.AddDays(1), LastSeen = Day.AddDays(1) }),
            ("older", Of("older") with { Generation = 1 }),
            ("newer", Of("newer") with { Generation = 3 }),
            ("other", Of("other") with { Market = "1" }),
            ("gone", Contribution.Gone(1)),
        ];
        foreach (var (name, row) in rows)
        {
            await AddAsync(name, row);
        }

        var late = new List<(long Commit, CustomerRow Row)>();
        for (var shard = 0; shard < UsualShards.Count; shard++)
        {
            late.AddRange(await Store.Rows.LateAsync(Shop, shard, Due, 0, 10).ToListAsync());
            Assert.Empty(await Store.Rows.LateAsync(Shop, shard, Due, 10, 10).ToListAsync());
        }

        string[] expected = ["older", "other", "tomorrow", "yesterday"];
        Assert.Equal(expected, late.Select(l => l.Row.Id.Id).Order());
        Assert.Equal(expected, rows.Where(r => r.Row.IsLate(Due)).Select(r => r.Name).Order());
    }

    [Fact]
    public async Task An_estimate_replaces_that_of_the_same_sequence_and_never_that_of_a_newer_one()
    {
        await AddAsync("anna", Of("anna"));
        await AddAsync("bea", Of("bea"));
        await Store.Journal.AppendAsync(Sample.Commit("bea", 1, "m2"));
        var moved = (await Store.Rows.FindAsync(Sample.Customer("bea")))!;
        var before = await Store.Rows.FindCommitAsync(Shop, Sample.Customer("anna").Shard);

        string[] names = ["anna", "bea", "nobody"];
        CustomerRow[] estimated = [.. names.Select(n => RowOf(n, Of(n) with { Generation = 9 }))];
        await Store.Rows.UpdateAsync(estimated);
        Assert.Equal(9, (await Store.Rows.FindAsync(Sample.Customer("anna")))!.Contribution.Generation);
        Assert.Equal(moved.Contribution, (await Store.Rows.FindAsync(Sample.Customer("bea")))!.Contribution);
        Assert.Null(await Store.Rows.FindAsync(Sample.Customer("nobody")));
        var change = Assert.Single(await Store.Rows.ChangesAsync(Shop, Sample.Customer("anna").Shard, before).ToListAsync());
        Assert.Equal((Sample.Customer("anna"), 9), (change.Customer, change.Contribution.Generation));
    }

    [Fact]
    public async Task Pages_of_a_list_follow_on_from_each_other_and_leave_nobody_out()
    {
        for (var i = 0; i < 25; i++)
        {
            var lifecycle = i % 5 == 0 ? Lifecycle.Prospect : Lifecycle.Active;
            await AddAsync($"c{i:D2}", Of($"c{i:D2}") with
            {
                Cell = new SegmentCell(lifecycle, i % 4),
                Sums = new SegmentSums { Customers = 1, Predicted = new(i / 3 * 100) },
            });
        }

        var query = new CustomerRowQuery(Shop, null, 1, 4, CustomerRowSort.Predicted, 4, null, Buyers: true, LeastPredicted: new(100));
        var seen = new List<string>();
        for (var page = await Store.Rows.QueryAsync(query); ; page = await Store.Rows.QueryAsync(query with { After = page.Next }))
        {
            seen.AddRange(page.Rows.Select(r => r.Id.Id));
            if (page.Next is null)
            {
                break;
            }
        }

        var expected = Enumerable.Range(3, 22).Where(i => i % 5 != 0 && i % 4 != 0).OrderByDescending(i => i / 3).ThenBy(i => i);
        Assert.Equal(expected.Select(i => $"c{i:D2}"), seen);
        var prospects = await Store.Rows.QueryAsync(
            new CustomerRowQuery(Shop, Lifecycle.Prospect, 0, 100, CustomerRowSort.LastSeen, 100, null));
        Assert.Equal(["c00", "c05", "c10", "c15", "c20"], prospects.Rows.Select(r => r.Id.Id));
    }

    [Fact]
    public async Task Scores_and_clusters_are_kept_with_the_row_and_narrow_a_list()
    {
        for (var i = 0; i < 12; i++)
        {
            await AddAsync($"c{i:D2}", Of($"c{i:D2}") with
            {
                Rfm = i % 4 == 0 ? null : new RfmScore(5, (byte)(i % 4), 3),
                Cluster = i % 3 == 0 ? null : new ClusterId(i % 3),
            });
        }

        var row = await FindAsync("c05");
        Assert.Equal((new RfmScore(5, 1, 3), new ClusterId(2)), (row.Rfm, row.Cluster));
        Assert.Equal((null, null), ((await FindAsync("c00")).Rfm, (await FindAsync("c03")).Cluster));
        var changes = await Store.Rows.ChangesAsync(Shop, Sample.Customer("c05").Shard, 0).ToListAsync();
        Assert.Equal(row, changes.Single(c => c.Customer.Id == "c05").Contribution);
        var all = new CustomerRowQuery(Shop, null, 0, int.MaxValue, CustomerRowSort.Predicted, 20, null);
        Assert.Equal(["c01", "c05", "c09"], await ListAsync(all with { Rfm = new RfmScore(5, 1, 3) }));
        Assert.Equal(["c02", "c05", "c08", "c11"], await ListAsync(all with { Cluster = new ClusterId(2) }));
        Assert.Equal(["c05"], await ListAsync(all with { Rfm = new RfmScore(5, 1, 3), Cluster = new ClusterId(2) }));

        async Task<Contribution> FindAsync(string name) => (await Store.Rows.FindAsync(Sample.Customer(name)))!.Contribution;

        async Task<IEnumerable<string>> ListAsync(CustomerRowQuery query) =>
            (await Store.Rows.QueryAsync(query)).Rows.Select(r => r.Id.Id);
    }

    [Fact]
    public async Task Summaries_are_those_of_buyers_and_sums_those_of_all_who_are_still_there()
    {
        await AddAsync("anna", Of("anna"));
        await AddAsync(
            "bea", Of("bea") with { Sums = new SegmentSums { Customers = 1, Orders = 0 }, Cell = new SegmentCell(Lifecycle.Prospect, 0) });
        await AddAsync("gone", Contribution.Gone(1));
        await Store.Journal.AppendAsync(Sample.Commit(CustomerId.OfUser(Other, "x"), 0, "m"));

        Assert.Single(await Store.Rows.SummariesAsync(Shop).ToListAsync());
        var sums = await Store.Rows.SumAsync(Shop);
        Assert.Equal([new SegmentCell(Lifecycle.Prospect, 0), new SegmentCell(Lifecycle.New, 1)], sums.Keys.OrderBy(c => c.Lifecycle));
        Assert.Equal((2, 4), (sums.Values.Sum(s => s.Customers), sums.Values.Sum(s => s.Orders)));
    }

    private static Contribution Of(string name) =>
        new(1, Day, 2, new SegmentCell(Lifecycle.New, 1), new SegmentSums { Customers = 1, Orders = name.Length })
        {
            LastSeen = Day.AddDays(-3),
            Market = Due.Market,
            MarginBasisPoints = 3_000,
        };

    private static CustomerRow RowOf(string name, Contribution row) => new()
    {
        Id = Sample.Customer(name),
        Sequence = 1,
        Summary = new CustomerSummary { LastSeen = row.LastSeen },
        Contribution = row,
    };

    private async Task AddAsync(string name, Contribution row) =>
        await Store.Journal.AppendAsync(new CustomerCommit { ExpectedSequence = 0, Row = RowOf(name, row) });
}
