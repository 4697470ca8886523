using System.Data.Common;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Stock;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Stock;

namespace ClvOrleans.Storage.Sql;

/// <inheritdoc cref="IProductShelf" />
public sealed class SqlProductShelf(ISqlDatabase database) : IProductShelf
{
    private const string Columns = "SELECT revision, product, removed, at, units, price, promoted, category, lead_days FROM product_stock ";
    private const string Next = "(SELECT COALESCE(max(revision), 0) + 1 FROM product_stock WHERE store = $store)";

    /// <inheritdoc />
    public Task PutAsync(StoreId store, IReadOnlyCollection<StockStatement> statements, CancellationToken cancellation = default)
    {
        StockStatement[] all = [.. statements];
        return database.WriteAsync(ScopeOf(store), async session =>
        {
            var revision = await session.ScalarAsync("SELECT " + Next, ("$store", store.Value));
            foreach (var s in all)
            {
                await session.RunAsync(
                    "INSERT INTO product_stock (store, product, revision, at, units, price, promoted, category, lead_days, removed) "
                        + "VALUES ($store, $product, $revision, $at, $units, $price, $promoted, $category, $lead, 0) "
                        + "ON CONFLICT (store, product) DO UPDATE SET revision = excluded.revision, at = excluded.at, removed = 0, "
                        + "units = COALESCE(excluded.units, product_stock.units), price = COALESCE(excluded.price, product_stock.price), "
                        + "promoted = COALESCE(excluded.promoted, product_stock.promoted), "
                        + "category = COALESCE(excluded.category, product_stock.category), "
                        + "lead_days = COALESCE(excluded.lead_days, product_stock.lead_days) "
                        + "WHERE excluded.at >= product_stock.at OR product_stock.removed = 1",
                    ("$store", store.Value), ("$product", s.Product), ("$revision", revision), ("$at", s.At.ToUnixTimeMilliseconds()),
                    ("$units", s.Units), ("$price", (long?)s.Price?.Minor), ("$promoted", s.IsPromoted is { } p ? p ? 1L : 0L : null),
                    ("$category", s.Category), ("$lead", (long?)s.LeadDays));
            }
        });
    }

    /// <inheritdoc />
    public async Task<bool> RemoveAsync(StoreId store, string product, CancellationToken cancellation = default)
    {
        var removed = 0;
        await database.WriteAsync(ScopeOf(store), async session => removed = await session.RunAsync(
            $"UPDATE product_stock SET removed = 1, revision = {Next}, units = NULL, price = NULL, promoted = NULL, category = NULL, "
                + "lead_days = NULL WHERE store = $store AND product = $product AND removed = 0",
            ("$store", store.Value), ("$product", product)));
        return removed > 0;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<ProductStock>> ReadAsync(StoreId store, CancellationToken cancellation = default) =>
    [
        .. (await database.ReadAsync(
            Columns + "WHERE store = $store AND removed = 0 ORDER BY product", ChangeOf, ("$store", store.Value))).Select(c => c.Stock!),
    ];

    /// <inheritdoc />
    public Task<IReadOnlyList<StockChange>> ChangesAsync(StoreId store, long after, CancellationToken cancellation = default) =>
        database.ReadAsync(
            Columns + "WHERE store = $store AND revision > $after ORDER BY product", ChangeOf, ("$store", store.Value), ("$after", after));

    private static string ScopeOf(StoreId store) => $"stock/{store}";

    private static StockChange ChangeOf(DbDataReader row) => new(row.GetInt64(0), row.GetString(1), row.GetInt64(2) == 1 ? null : new(
        row.GetString(1),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)),
        row.IsDBNull(4) ? null : row.GetInt64(4),
        row.IsDBNull(5) ? null : new Money(row.GetInt64(5)),
        !row.IsDBNull(6) && row.GetInt64(6) == 1,
        row.IsDBNull(7) ? null : row.GetString(7),
        row.IsDBNull(8) ? null : row.GetInt32(8)));
}
