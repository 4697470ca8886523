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
