using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Storage.Sqlite.Tests;

public sealed class SqliteCustomerRowsTests : IAsyncDisposable
{
    private static readonly StoreId Store = new("shop");
    private static readonly DateOnly Day = new(2026, 6, 15);
    private static readonly EstimateTerms Due = new(Day, 2, MarketCalendar.Empty.ToVersion());
    private readonly SqliteWriter _writer;
    private readonly SqliteJournal _journal;
    private readonly SqliteCustomerRows _heads;

    public SqliteCustomerRowsTests()
    {
        var options = new SqliteOptions { Path = Path.Combine(Directory.CreateTempSubdirectory("clv-").FullName, "clv.db") };
        var database = new SqliteDatabase(options);
        _writer = new SqliteWriter(database, options);
        (_journal, _heads) = (new SqliteJournal(database, _writer), new SqliteCustomerRows(database, _writer));
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    [Fact]
    public async Task A_row_holds_amounts_of_128_bits_exactly_and_is_sorted_and_found_by_them()
    {
        Int128[] amounts = [Int128.MinValue, long.MinValue, 0, 5, long.MaxValue, (Int128)long.MaxValue + 1, Int128.MaxValue];
        var rows = amounts.Select((a, i) => Of($"c{i}") with { Sums = new SegmentSums { Customers = 1, Gross = new(a), Historic = new(a), AtRisk = new(a) } }).ToArray();
        for (var i = 0; i < rows.Length; i++)
        {
            await AddAsync($"c{i}", rows[i]);
            Assert.Equal(rows[i], (await _heads.FindAsync(CustomerId.OfUser(Store, $"c{i}")))!.Contribution);
        }

        var list = await _heads.QueryAsync(new CustomerRowQuery(Store, null, 0, int.MaxValue, CustomerRowSort.Historic, 10, null));
        Assert.Equal(["c4", "c5", "c6", "c3", "c2", "c0", "c1"], list.Rows.Select(h => h.Id.Id));
        Assert.Equal(["c3", "c4", "c5", "c6"], (await _heads.SpendersAsync(Store, new Money(5)).ToListAsync()).Select(c => c.Id));
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

        var late = new List<(long Commit, CustomerRow Head)>();
        for (var shard = 0; shard < CustomerId.Shards; shard++)
        {
            late.AddRange(await _heads.LateAsync(Store, shard, Due, 0, 10).ToListAsync());
            Assert.Empty(await _heads.LateAsync(Store, shard, Due, 10, 10).ToListAsync());
        }

        string[] expected = ["older", "other", "tomorrow", "yesterday"];
        Assert.Equal(expected, late.Select(l => l.Head.Id.Id).Order());
        Assert.Equal(expected, rows.Where(r => r.Row.IsLate(Due)).Select(r => r.Name).Order());
    }

    private static Contribution Of(string name) => new(1, Day, 2, new SegmentCell(Lifecycle.New, 1), new SegmentSums { Customers = 1, Orders = name.Length })
    {
        LastSeen = Day.AddDays(-3),
        Market = Due.Market,
        MarginBasisPoints = 3_000,
    };

    private Task AddAsync(string name, Contribution row) => _journal.AppendAsync(new CustomerCommit
    {
        ExpectedSequence = 0,
        Head = new CustomerRow
        {
            Id = CustomerId.OfUser(Store, name),
            Sequence = 1,
            Summary = new CustomerSummary { LastSeen = row.LastSeen },
            Contribution = row,
        },
    });
}
