using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Stamps;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Storage.Sql;

/// <inheritdoc cref="IStoreStamps" />
public sealed class SqlStoreStamps(ISqlDatabase database) : IStoreStamps
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<StoreStamp>> ReadAsync(CancellationToken cancellation = default)
    {
        await using var session = await database.OpenAsync(cancellation);
        return await ReadAsync(session);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<StoreId>> FindStoresAsync(CancellationToken cancellation = default)
    {
        // A step of each key for each store, and not for each customer.
        const string Next = "SELECT min(store) FROM (SELECT min(store) AS store FROM customers WHERE store > $last "
            + "UNION ALL SELECT min(store) FROM held_events WHERE store > $last) AS stores";
        await using var session = await database.OpenAsync(cancellation);
        var stores = new List<StoreId>();
        for (var last = ""; await session.ScalarAsync(Next, ("$last", last)) is string next; last = next)
        {
            stores.Add(new StoreId(next));
        }

        return stores;
    }

    /// <inheritdoc />
    public Task WriteAsync(StoreStamp stamp, DateTimeOffset at, CancellationToken cancellation = default) =>
        database.WriteAsync(ScopeOf(stamp.Store), session => WriteAsync(session, stamp, at));

    /// <summary>What whoever changes the settings of a store holds.</summary>
    internal static string ScopeOf(StoreId store) => $"models/{store}";

    /// <summary>As <see cref="IStoreStamps.WriteAsync"/>, in a transaction that is under way.</summary>
    internal static async ValueTask WriteAsync(ISqlSession session, StoreStamp stamp, DateTimeOffset at)
    {
        var before = (await ReadAsync(session)).SingleOrDefault(s => s.Store == stamp.Store);
        if (before == stamp)
        {
            return;
        }

        await session.RunAsync(
            "INSERT INTO store_settings (store, currency, time_zone, margin, horizon_days, discount_rate) "
                + "VALUES ($store, $currency, $zone, $margin, $days, $rate) ON CONFLICT (store) DO UPDATE SET "
                + "currency = excluded.currency, time_zone = excluded.time_zone, margin = excluded.margin, "
                + "horizon_days = excluded.horizon_days, discount_rate = excluded.discount_rate",
            ("$store", stamp.Store.Value), ("$currency", stamp.Currency), ("$zone", stamp.TimeZone),
            ("$margin", stamp.MarginBasisPoints), ("$days", stamp.HorizonDays), ("$rate", stamp.AnnualDiscountRate));
        if (before is not null)
        {
            await session.RunAsync(
                "INSERT INTO champions (store, generation, model, promoted_at, cause) "
                    + "SELECT CAST($store AS TEXT), COALESCE(max(generation), 0) + 1, COALESCE((SELECT model FROM champions "
                    + "WHERE store = $store ORDER BY generation DESC LIMIT 1), $prior), $at, $cause FROM champions WHERE store = "
                    + "$store",
                ("$store", stamp.Store.Value), ("$prior", PriorModel.Version.Id), ("$at", at.ToUnixTimeMilliseconds()),
                ("$cause", (int)PromotionCause.Settings));
        }
    }

    /// <summary>The stamps as the session sees them.</summary>
    internal static ValueTask<List<StoreStamp>> ReadAsync(ISqlSession session) => session.ReadAsync(
        "SELECT store, currency, time_zone, margin, horizon_days, discount_rate FROM store_settings",
        row => new StoreStamp(
            new StoreId(row.GetString(0)), row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetInt32(4), row.GetDouble(5)));
}
