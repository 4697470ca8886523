using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Drift;

namespace ClvOrleans.Storage.Sqlite.Tests;

public sealed class SqlitePredictionsTests
{
    private static readonly StoreId Store = new("shop");

    [Fact]
    public async Task The_first_record_of_a_month_stands_and_the_latest_month_comes_first()
    {
        var options = new SqliteOptions { Path = Path.Combine(Directory.CreateTempSubdirectory("clv-").FullName, "clv.db") };
        var database = new SqliteDatabase(options);
        await using var writer = new SqliteWriter(database, options);
        var predictions = new SqlitePredictions(database, writer);
        var december = RecordOf("a-1", new(2025, 12, 31), 1.5);

        Assert.True(await predictions.AddAsync(Store, december));
        Assert.True(await predictions.AddAsync(Store, RecordOf("a-1", new(2026, 1, 1), 2)));
        Assert.False(await predictions.AddAsync(Store, RecordOf("a-1", new(2026, 1, 31), 3)));
        Assert.True(await predictions.AddAsync(Store, RecordOf("b-1", new(2026, 1, 31), 4)));
        Assert.True(await predictions.AddAsync(new StoreId("other"), RecordOf("a-1", new(2026, 1, 31), 5)));

        var kept = await predictions.ListAsync(Store, "a-1");
        Assert.Equal([new(2026, 1, 1), new DateOnly(2025, 12, 31)], kept.Select(r => r.MadeOn));
        Assert.Equal((december.Model, december.Days), (kept[1].Model, kept[1].Days));
        Assert.Equal(december.Groups.AsEnumerable(), kept[1].Groups);
        Assert.Empty(await predictions.ListAsync(Store, "c-1"));
    }

    private static PredictionRecord RecordOf(string model, DateOnly day, double orders) => new()
    {
        Model = model,
        MadeOn = day,
        Days = 30,
        Groups = [new PredictedGroup(0, 10, orders, 100.25), new PredictedGroup(7.5, 12, 2 * orders, 1e9)],
    };
}
