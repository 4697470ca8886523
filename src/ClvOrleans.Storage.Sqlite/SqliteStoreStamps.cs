using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Stamps;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Storage.Sqlite;

/// <inheritdoc cref="IStoreStamps" />
public sealed class SqliteStoreStamps(SqliteDatabase database, SqliteWriter writer) : IStoreStamps
{
    private const string Stamps = "SELECT store, currency, time_zone, margin, horizon_days, discount_rate FROM store_settings";

    /// <inheritdoc />
    public Task<IReadOnlyList<StoreStamp>> ReadAsync(CancellationToken cancellation = default)
    {
        using var session = database.Read();
        return Task.FromResult<IReadOnlyList<StoreStamp>>(Read(session));
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<StoreId>> FindStoresAsync(CancellationToken cancellation = default)
    {
        using var session = database.Read();
        var stores = new List<StoreId>();

        // A step of each key for each store, and not for each customer.
        const string Next = "SELECT min(store) FROM (SELECT min(store) AS store FROM customers WHERE store > $last "
            + "UNION ALL SELECT min(store) FROM held_events WHERE store > $last)";
        for (var last = ""; session.Scalar(Next, ("$last", last)) is string next; last = next)
        {
            stores.Add(new StoreId(next));
        }

        return Task.FromResult<IReadOnlyList<StoreId>>(stores);
    }

    /// <inheritdoc />
    public Task WriteAsync(StoreStamp stamp, DateTimeOffset at, CancellationToken cancellation = default) => writer.WriteAsync(session =>
    {
        var before = Read(session).SingleOrDefault(s => s.Store == stamp.Store);
        if (before == stamp)
        {
            return;
        }

        session.Run(
            "INSERT OR REPLACE INTO store_settings (store, currency, time_zone, margin, horizon_days, discount_rate) "
                + "VALUES ($store, $currency, $zone, $margin, $days, $rate)",
            ("$store", stamp.Store.Value), ("$currency", stamp.Currency), ("$zone", stamp.TimeZone), ("$margin", stamp.MarginBasisPoints),
            ("$days", stamp.HorizonDays), ("$rate", stamp.AnnualDiscountRate));
        if (before is not null)
        {
            session.Run(
                "INSERT INTO champions (store, generation, model, promoted_at, cause) SELECT $store, ifnull(max(generation), 0) + 1, "
                    + "ifnull((SELECT model FROM champions WHERE store = $store ORDER BY generation DESC LIMIT 1), $prior), $at, $cause "
                    + "FROM champions WHERE store = $store",
                ("$store", stamp.Store.Value), ("$prior", PriorModel.Version.Id), ("$at", at.ToUnixTimeMilliseconds()),
                ("$cause", (int)PromotionCause.Settings));
        }
    });

    private static List<StoreStamp> Read(SqliteSession session)
    {
        using var rows = session.Query(Stamps);
        var stamps = new List<StoreStamp>();
        while (session.Next(rows))
        {
            stamps.Add(new StoreStamp(
                new StoreId(rows.GetString(0)), rows.GetString(1), rows.GetString(2), rows.GetInt32(3), rows.GetInt32(4), rows.GetDouble(5)));
        }

        return stamps;
    }
}
