using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Drift;
using ClvOrleans.Model.Journal;

namespace ClvOrleans.Storage.Sqlite;

/// <inheritdoc cref="IPredictions" />
public sealed class SqlitePredictions(SqliteDatabase database, SqliteWriter writer) : IPredictions
{
    /// <inheritdoc />
    public async Task<bool> AddAsync(StoreId store, PredictionRecord record, CancellationToken cancellation = default)
    {
        try
        {
            await writer.WriteAsync(session =>
            {
                for (var i = 0; i < record.Groups.Length; i++)
                {
                    var group = record.Groups[i];
                    session.Run(
                        "INSERT INTO predictions VALUES ($store, $model, $month, $bucket, $made, $days, $least, $customers, $orders, $value)",
                        ("$store", store.Value), ("$model", record.Model), ("$month", (record.MadeOn.Year * 12) + record.MadeOn.Month - 1),
                        ("$bucket", i), ("$made", record.MadeOn.DayNumber), ("$days", record.Days), ("$least", group.From),
                        ("$customers", group.Customers), ("$orders", group.Orders), ("$value", group.Value));
                }
            });
            return true;
        }
        catch (SequenceConflictException)
        {
            return false;
        }
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<PredictionRecord>> ListAsync(StoreId store, string model, CancellationToken cancellation = default)
    {
        using var session = new SqliteSession(database.Open());
        using var rows = session.Query(
            "SELECT made_on, days, least, customers, orders, value FROM predictions WHERE store = $store AND model = $model "
                + "ORDER BY month DESC, bucket",
            ("$store", store.Value), ("$model", model));
        var groups = new List<(int MadeOn, int Days, PredictedGroup Group)>();
        while (rows.Read())
        {
            groups.Add((
                rows.GetInt32(0), rows.GetInt32(1), new PredictedGroup(rows.GetDouble(2), rows.GetInt64(3), rows.GetDouble(4), rows.GetDouble(5))));
        }

        return Task.FromResult<IReadOnlyList<PredictionRecord>>(
        [
            .. groups.GroupBy(g => (g.MadeOn, g.Days)).Select(g => new PredictionRecord
            {
                Model = model,
                MadeOn = DateOnly.FromDayNumber(g.Key.MadeOn),
                Days = g.Key.Days,
                Groups = [.. g.Select(r => r.Group)],
            }),
        ]);
    }
}
