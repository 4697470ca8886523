using ClvOrleans.Domain.Segments;
using ClvOrleans.Storage.Conformance.Watches;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Models;
using ClvOrleans.Valuation.Drift;

namespace ClvOrleans.Storage.Conformance.Models;

/// <summary><see cref="IPredictions"/>: one record a model and calendar month.</summary>
public class PredictionTests<TEngine> : StoreTests<TEngine>
    where TEngine : IStorageEngine, new()
{
    [Fact]
    public async Task The_first_record_of_a_month_stands_and_the_latest_month_comes_first()
    {
        var december = RecordOf("a-1", new(2025, 12, 31), 1.5);
        Assert.True(await Store.Predictions.AddAsync(Shop, december));
        Assert.True(await Store.Predictions.AddAsync(Shop, RecordOf("a-1", new(2026, 1, 1), 2)));
        Assert.False(await Store.Predictions.AddAsync(Shop, RecordOf("a-1", new(2026, 1, 31), 3)));
        Assert.True(await Store.Predictions.AddAsync(Shop, RecordOf("b-1", new(2026, 1, 31), 4)));
        Assert.True(await Store.Predictions.AddAsync(Other, RecordOf("a-1", new(2026, 1, 31), 5)));

        var kept = await Store.Predictions.ListAsync(Shop, "a-1");
        Assert.Equal([new(2026, 1, 1), new DateOnly(2025, 12, 31)], kept.Select(r => r.MadeOn));
        Assert.Equal((december.Model, december.Days), (kept[1].Model, kept[1].Days));
        Assert.Equal(december.Groups.AsEnumerable(), kept[1].Groups);
        Assert.Empty(await Store.Predictions.ListAsync(Shop, "c-1"));
    }

    [Fact]
    public async Task Of_totals_the_first_of_a_month_stands_and_what_came_of_it_is_kept_once()
    {
        var january = TotalOf("a-1", new(2026, 1, 5), 30, "total");
        await Store.Predictions.AddTotalsAsync(Shop, [january, TotalOf("a-1", new(2026, 1, 5), 365, "total")]);
        await Store.Predictions.AddTotalsAsync(
            Shop,
            [
                TotalOf("a-1", new(2026, 1, 9), 30, "total"), TotalOf("a-1", new(2026, 1, 9), 30, "at-risk"),
                TotalOf("b-1", new(2026, 1, 9), 30, "total"),
            ]);
        await Store.Predictions.AddTotalsAsync(Other, [TotalOf("a-1", new(2026, 2, 9), 30, "total")]);

        var came = new TotalOutcome(900.5, .3, new IntervalHits(7, 1, 2), 12.25);
        var ofAnotherDay = TotalOf("a-1", new(2026, 1, 9), 365, "total") with { Outcome = came };
        await Store.Predictions.SettleAsync(Shop, [january with { Outcome = came }, ofAnotherDay]);
        await Store.Predictions.SettleAsync(Shop, [january with { Outcome = came with { Actual = 1 } }]);

        Assert.Equal(
            [
                TotalOf("a-1", new(2026, 1, 9), 30, "at-risk"), TotalOf("b-1", new(2026, 1, 9), 30, "total"),
                january with { Outcome = came }, TotalOf("a-1", new(2026, 1, 5), 365, "total"),
            ],
            await Store.Predictions.TotalsAsync(Shop, new(2026, 1, 5)));
        Assert.Equal(["at-risk", "total"], (await Store.Predictions.TotalsAsync(Shop, new(2026, 1, 6))).Select(t => t.Group));
        await Store.Predictions.SettleAsync(Shop, [january]);
        Assert.Equal(came, (await Store.Predictions.TotalsAsync(Shop, default))[^2].Outcome);
    }

    [Fact]
    public async Task Members_of_an_own_segment_are_kept_until_what_came_of_the_last_of_their_totals_is()
    {
        var (segment, day) = (new SegmentId("a"), new DateOnly(2026, 1, 5));
        foreach (var (name, segments) in ((string, string[])[])[("anna", ["a"]), ("bea", ["a"]), ("cleo", ["b"])])
        {
            await Store.Journal.AppendAsync(Sample.Commit(name, 0, $"m-{name}") with { Row = RowOf(name, 1, segments) });
        }

        Assert.Equal(0, await Store.Predictions.KeepMembersAsync(Shop, segment, day, 1)); // They are two.
        Assert.Empty(await MembersAsync(segment, day));
        Assert.Equal(2, await Store.Predictions.KeepMembersAsync(Shop, segment, day, 2));
        Assert.Equal(0, await Store.Predictions.KeepMembersAsync(Other, segment, day, 2));
        var (month, year) = (TotalOf("a-1", day, 30, "segment:a"), TotalOf("a-1", day, 365, "segment:a"));
        await Store.Predictions.AddTotalsAsync(Shop, [month, year]);
        Assert.Equal(segment, (await Store.Predictions.TotalsAsync(Shop, day))[0].Segment);

        // Bea leaves the segment, Anna becomes Cleo: those who were in it are Bea and Cleo.
        await Store.Rows.UpdateAsync([RowOf("bea", 1, ["b"])]);
        await Store.Journal.AppendAsync(Sample.Commit("cleo", 1) with
        {
            Row = RowOf("cleo", 1, ["b"]),
            Merged = new IdentityMerge(Sample.Customer("anna"), 1),
        });
        Assert.Equal(2, await Store.Predictions.KeepMembersAsync(Shop, segment, day, 2));
        Assert.Equal(["bea", "cleo"], await MembersAsync(segment, day));
        Assert.Empty(await MembersAsync(segment, day.AddDays(1)));
        Assert.Empty(await MembersAsync(new SegmentId("b"), day));

        var came = new TotalOutcome(900.5, .3, new IntervalHits(2, 0, 0), 12.25);
        await Store.Predictions.SettleAsync(Shop, [month with { Outcome = came }]);
        Assert.Equal(["bea", "cleo"], await MembersAsync(segment, day));
        await Store.Predictions.SettleAsync(Shop, [year with { Outcome = came }]);
        Assert.Empty(await MembersAsync(segment, day));
    }

    private async Task<IEnumerable<string>> MembersAsync(SegmentId segment, DateOnly day) =>
        (await Store.Rows.SummariesAsync(Shop, segment, day).ToListAsync()).Select(s => s.Traits["name"]);

    private static CustomerRow RowOf(string name, long sequence, string[] segments)
    {
        var row = Sample.Row(Sample.Customer(name), sequence);
        return row with
        {
            Summary = row.Summary with { Traits = row.Summary.Traits.SetItem("name", name) },
            Contribution = row.Contribution with { Sums = row.Contribution.Sums with { Orders = 1 } },
            Reading = Look.At(row.Id, Look.List(1, "a", "b"), segments),
        };
    }

    private static PredictedTotal TotalOf(string model, DateOnly day, int days, string group) => new()
    {
        Model = model,
        MadeOn = day,
        Days = days,
        Group = group,
        Customers = 12,
        Expected = 1_000.25,
        Lower = 800,
        Upper = 1e9,
    };

    private static PredictionRecord RecordOf(string model, DateOnly day, double orders) => new()
    {
        Model = model,
        MadeOn = day,
        Days = 30,
        Groups = [new PredictedGroup(0, 10, orders, 100.25), new PredictedGroup(7.5, 12, 2 * orders, 1e9)],
    };
}
