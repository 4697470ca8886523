using System.Collections.Concurrent;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Audit;

namespace ClvOrleans.Storage.Sql;

/// <inheritdoc cref="IAuditLog" />
public sealed class SqlAuditLog(ISqlDatabase database) : IAuditLog
{
    private const int PseudonymBytes = 16;
    private const char Separator = ' ';
    private readonly ConcurrentDictionary<StoreId, byte[]> _secrets = [];

    /// <inheritdoc />
    public async Task AppendAsync(IReadOnlyCollection<AuditEntry> entries, CancellationToken cancellation = default)
    {
        foreach (var store in entries.Where(e => !e.Customers.IsEmpty).Select(e => e.Store).Distinct())
        {
            await SecretAsync(store);
        }

        await database.WriteAsync("audit-log", async session =>
        {
            foreach (var entry in entries)
            {
                await session.RunAsync(
                    "INSERT INTO audit_log (store, at, caller, name, action, operation, target, customers, count, status) "
                        + "VALUES ($store, $at, $caller, $name, $action, $operation, $target, $customers, $count, $status)",
                    ("$store", entry.Store.Value), ("$at", entry.At.ToUnixTimeMilliseconds()), ("$caller", entry.Caller),
                    ("$name", entry.Name), ("$action", (long)entry.Action), ("$operation", entry.Operation), ("$target", entry.Target),
                    ("$customers", string.Join(Separator, entry.Customers.Select(c => Pseudonym(_secrets[entry.Store], c)))),
                    ("$count", entry.Count), ("$status", (long)entry.Status));
            }
        });
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<AuditEntry>> ListAsync(
        AuditQuery query, long before, int limit, CancellationToken cancellation = default)
    {
        var customer = query.Customer is null ? "" : Pseudonym(await SecretAsync(query.Store), query.Customer);
        return await database.ReadAsync(
            "SELECT id, at, caller, name, action, operation, target, customers, count, status FROM audit_log WHERE store = $store "
                + "AND id < $before AND at >= $since AND ($caller = '' OR caller = $caller) AND ($action = 0 OR action = $action) "
                + "AND ($customer = '' OR customers LIKE '%' || $customer || '%') ORDER BY id DESC LIMIT $limit",
            row => Read(row, query.Store), ("$store", query.Store.Value), ("$before", before),
            ("$since", query.Since?.ToUnixTimeMilliseconds() ?? long.MinValue), ("$caller", query.Caller ?? ""),
            ("$action", (long)(query.Action ?? 0)), ("$customer", customer), ("$limit", (long)limit));
    }

    // The first that needs it draws it; the others read what was drawn.
    private async Task<byte[]> SecretAsync(StoreId store)
    {
        if (_secrets.TryGetValue(store, out var known))
        {
            return known;
        }

        byte[] secret = [];
        await database.WriteAsync($"audit-keys/{store}", async session =>
        {
            await session.RunAsync(
                "INSERT INTO audit_keys (store, secret) VALUES ($store, $secret) ON CONFLICT DO NOTHING", ("$store", store.Value),
                ("$secret", RandomNumberGenerator.GetBytes(32)));
            secret = (byte[])(await session.ScalarAsync("SELECT secret FROM audit_keys WHERE store = $store", ("$store", store.Value)))!;
        });
        return _secrets.GetOrAdd(store, secret);
    }

    private static string Pseudonym(byte[] secret, string customer) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(customer)).AsSpan(0, PseudonymBytes));

    private static AuditEntry Read(DbDataReader row, StoreId store) => new()
    {
        Id = row.GetInt64(0),
        Store = store,
        At = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)),
        Caller = row.GetString(2),
        Name = row.GetString(3),
        Action = (AuditAction)row.GetInt64(4),
        Operation = row.GetString(5),
        Target = row.GetString(6),
        Customers = [.. row.GetString(7).Split(Separator, StringSplitOptions.RemoveEmptyEntries)],
        Count = row.GetInt64(8),
        Status = (int)row.GetInt64(9),
    };
}
