using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;

namespace ClvOrleans.Storage.Sqlite;

/// <summary>Asks which of many events a customer's journal holds, in one statement for up to <see cref="MostKeys"/>.</summary>
internal static class KnownEvents
{
    public const int MostKeys = 256;

    // Few sizes, so that few statements are prepared; a smaller question repeats its last key.
    private static readonly (int Keys, string Sql)[] Statements = [.. new[] { 1, 16, MostKeys }.Select(n => (n, SqlFor(n)))];

    public static void Find(SqliteSession session, CustomerId customer, EventKey[] keys, HashSet<EventKey> known)
    {
        var (size, sql) = Statements.First(s => s.Keys >= keys.Length);
        var parameters = new (string, object?)[2 + (2 * size)];
        (parameters[0], parameters[1]) = (("$store", customer.Store.Value), ("$customer", customer.ToText()));
        for (var i = 0; i < size; i++)
        {
            var key = keys[Math.Min(i, keys.Length - 1)];
            parameters[2 + (2 * i)] = ($"$s{i}", key.Source);
            parameters[3 + (2 * i)] = ($"$m{i}", key.MessageId);
        }

        using var rows = session.Query(sql, parameters);
        while (session.Next(rows))
        {
            known.Add(new EventKey(rows.GetString(0), rows.GetString(1)));
        }
    }

    // From the keys to the events: the other way round SQLite would read all events of the customer.
    internal static string SqlFor(int keys) =>
        $"SELECT e.source, e.message_id FROM (VALUES {string.Join(", ", Enumerable.Range(0, keys).Select(i => $"($s{i}, $m{i})"))}) k "
            + "CROSS JOIN events e WHERE e.store = $store AND e.customer = $customer AND e.source = k.column1 AND e.message_id = k.column2";
}
