using ClvOrleans.Domain.Segments;
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
        var month = MonthOf(record.MadeOn);
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
                    ("$store", store.Value), ("$model", record.Model), ("$month", month), ("$bucket", i),
                    ("$made", record.MadeOn.DayNumber),
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

    /// <inheritdoc />
    public Task AddTotalsAsync(StoreId store, IReadOnlyCollection<PredictedTotal> totals, CancellationToken cancellation = default) =>
        database.WriteAsync($"predictions/{store}", async session =>
        {
            foreach (var total in totals)
            {
                await session.RunAsync(
                    "INSERT INTO predicted_totals (store, model, month, days, part, made_on, customers, expected, lower, upper) "
                        + "VALUES ($store, $model, $month, $days, $part, $made, $customers, $expected, $lower, $upper) "
                        + "ON CONFLICT (store, model, month, days, part) DO NOTHING",
                    [
                        .. KeyOf(store, total), ("$made", total.MadeOn.DayNumber), ("$customers", total.Customers),
                        ("$expected", total.Expected), ("$lower", total.Lower), ("$upper", total.Upper),
                    ]);
            }
        });

    /// <inheritdoc />
    public async Task<long> KeepMembersAsync(
        StoreId store, SegmentId segment, DateOnly madeOn, long most, CancellationToken cancellation = default)
    {
        var kept = 0L;
        await database.WriteAsync($"predictions/{store}", async session =>
        {
            (string, object?)[] key = [("$store", store.Value), ("$segment", segment.Value), ("$made", madeOn.DayNumber)];
            await session.RunAsync(
                "INSERT INTO predicted_members (store, made_on, segment, customer) SELECT store, $made, segment, customer FROM memberships "
                    + "WHERE store = $store AND segment = $segment AND (SELECT count(*) FROM memberships "
                    + "WHERE store = $store AND segment = $segment) <= $most AND NOT EXISTS (SELECT 1 FROM predicted_members "
                    + "WHERE store = $store AND made_on = $made AND segment = $segment)",
                [.. key, ("$most", most)]);
            kept = (long)(await session.ScalarAsync(
                "SELECT count(*) FROM predicted_members WHERE store = $store AND made_on = $made AND segment = $segment", key))!;
        });
        return kept;
    }

    /// <inheritdoc />
    public Task SettleAsync(StoreId store, IReadOnlyCollection<PredictedTotal> totals, CancellationToken cancellation = default) =>
        database.WriteAsync($"predictions/{store}", async session =>
        {
            foreach (var (total, outcome) in totals.Where(t => t.Outcome is not null).Select(t => (t, t.Outcome!)))
            {
                await session.RunAsync(
                    "UPDATE predicted_totals SET actual = $actual, place = $place, held_of = $of, below = $below, above = $above, "
                        + "score = $score WHERE store = $store AND model = $model AND month = $month AND days = $days AND part = $part "
                        + "AND made_on = $made AND actual IS NULL",
                    [
                        .. KeyOf(store, total), ("$made", total.MadeOn.DayNumber), ("$actual", outcome.Actual), ("$place", outcome.Place),
                        ("$of", outcome.Hits.Customers), ("$below", outcome.Hits.Below), ("$above", outcome.Hits.Above),
                        ("$score", outcome.Score),
                    ]);
            }

            await session.RunAsync(
                "DELETE FROM predicted_members WHERE store = $store AND NOT EXISTS (SELECT 1 FROM predicted_totals t "
                    + "WHERE t.store = predicted_members.store AND t.made_on = predicted_members.made_on "
                    + "AND t.part = $own || predicted_members.segment AND t.actual IS NULL)",
                ("$store", store.Value), ("$own", PredictedTotal.Own));
        });

    /// <inheritdoc />
    public async Task<IReadOnlyList<PredictedTotal>> TotalsAsync(StoreId store, DateOnly since, CancellationToken cancellation = default) =>
        await database.ReadAsync(
            "SELECT model, made_on, days, part, customers, expected, lower, upper, actual, place, held_of, below, above, score "
                + "FROM predicted_totals WHERE store = $store AND made_on >= $since ORDER BY made_on DESC, days, model, part",
            row => new PredictedTotal
            {
                Model = row.GetString(0),
                MadeOn = DateOnly.FromDayNumber(row.GetInt32(1)),
                Days = row.GetInt32(2),
                Group = row.GetString(3),
                Customers = row.GetInt64(4),
                Expected = row.GetDouble(5),
                Lower = row.GetDouble(6),
                Upper = row.GetDouble(7),
                Outcome = row.IsDBNull(8)
                    ? null
                    : new TotalOutcome(
                        row.GetDouble(8), row.GetDouble(9), new IntervalHits(row.GetInt64(10), row.GetInt64(11), row.GetInt64(12)),
                        row.GetDouble(13)),
            },
            ("$store", store.Value), ("$since", since.DayNumber));

    private static int MonthOf(DateOnly day) => (day.Year * 12) + day.Month - 1;

    private static (string, object?)[] KeyOf(StoreId store, PredictedTotal total) =>
    [
        ("$store", store.Value), ("$model", total.Model), ("$month", MonthOf(total.MadeOn)), ("$days", total.Days), ("$part", total.Group),
    ];
}
