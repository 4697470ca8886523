using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Models;
using ClvOrleans.Valuation.Drift;

namespace ClvOrleans.Storage.Sql;

/// <inheritdoc cref="IPredictions" />
public sealed class SqlPredictions(ISqlDatabase database) : IPredictions
{
    /// <inheritdoc />
    public async Task<bool> AddAsync(StoreId store, PredictionRecord record, CancellationToken cancellation = default)
    {
        var month = (record.MadeOn.Year * 12) + record.MadeOn.Month - 1;
        var isFirst = false;
        await database.WriteAsync($"predictions/{store}", async session =>
        {
            isFirst = await session.ScalarAsync(
                "SELECT 1 FROM predictions WHERE store = $store AND model = $model AND month = $month LIMIT 1",
                ("$store", store.Value), ("$model", record.Model), ("$month", month)) is null;
            for (var i = 0; isFirst && i < record.Groups.Length; i++)
            {
                var group = record.Groups[i];
                await session.RunAsync(
                    "INSERT INTO predictions (store, model, month, bucket, made_on, days, least, customers, orders, value) "
                        + "VALUES ($store, $model, $month, $bucket, $made, $days, $least, $customers, $orders, $value)",
                    ("$store", store.Value), ("$model", record.Model), ("$month", month), ("$bucket", i), ("$made", record.MadeOn.DayNumber),
                    ("$days", record.Days), ("$least", group.From), ("$customers", group.Customers), ("$orders", group.Orders),
                    ("$value", group.Value));
            }
        });
        return isFirst;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<PredictionRecord>> ListAsync(StoreId store, string model, CancellationToken cancellation = default)
    {
        var groups = await database.ReadAsync(
            "SELECT made_on, days, least, customers, orders, value FROM predictions WHERE store = $store AND model = $model "
                + "ORDER BY month DESC, bucket",
            row => (
                MadeOn: row.GetInt32(0), Days: row.GetInt32(1),
                Group: new PredictedGroup(row.GetDouble(2), row.GetInt64(3), row.GetDouble(4), row.GetDouble(5))),
            ("$store", store.Value), ("$model", model));
        return
        [
            .. groups.GroupBy(g => (g.MadeOn, g.Days)).Select(g => new PredictionRecord
            {
                Model = model,
                MadeOn = DateOnly.FromDayNumber(g.Key.MadeOn),
                Days = g.Key.Days,
                Groups = [.. g.Select(r => r.Group)],
            }),
        ];
    }
}
