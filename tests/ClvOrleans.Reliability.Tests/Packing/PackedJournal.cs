using System.Text.Json;
using ClvOrleans.Domain;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Journal;
using Microsoft.Data.Sqlite;

namespace ClvOrleans.Reliability.Tests.Packing;

/// <summary>The journal of a folder, some of whose rows are packs.</summary>
internal static class PackedJournal
{
    private const string Behaviour = "('ProductViewed', 'ProductsSearched', 'PageViewed')";

    private static int Today => DateOnly.FromDateTime(DateTime.UtcNow).DayNumber;

    /// <summary>In how many days the shard of a customer is looked at, 0 to 6.</summary>
    public static int DaysUntilPacked(string customer) =>
        (CustomerId.OfUser(new StoreId("shop"), customer).ShardIn(ShardCount.Default) + 7 - (Today % 7)) % 7;

    /// <summary>How many packs there are, and how many rows of a shard of today are not packed; while a service may write them.</summary>
    public static (long Packs, long Left) Progress(string folder) => Read(
        folder,
        "SELECT (SELECT count(*) FROM events WHERE source = ''), (SELECT count(*) FROM customers c JOIN events e "
            + $"ON e.store = c.store AND e.customer = c.customer WHERE c.shard % 7 = {Today % 7} AND e.source <> '' "
            + $"AND e.kind IN {Behaviour})",
        row => (row.GetInt64(0), row.GetInt64(1))).Single();

    /// <summary>Each event of a folder whose service has ended: customer, sequence, key, kind and time, whatever row it lies in.</summary>
    public static List<string> Events(string folder) =>
    [
        .. Read(
            folder, "SELECT customer, sequence, payload FROM events ORDER BY customer, sequence",
            row => (Customer: row.GetString(0), Entries: Entries(row.GetInt64(1), (byte[])row.GetValue(2))))
            .SelectMany(row => row.Entries.Select(e => (row.Customer, e.Sequence, e.Event)))
            .OrderBy(e => e.Customer, StringComparer.Ordinal).ThenBy(e => e.Sequence)
            .Select(e => $"{e.Customer} {e.Sequence} {e.Event.Key} {e.Event.Kind} {e.Event.At:O}"),
    ];

    /// <summary>The orders of a folder and whose they are.</summary>
    public static List<string> Orders(string folder) => Read(
        folder, "SELECT order_id || ' ' || owner FROM orders ORDER BY order_id", row => row.GetString(0));

    private static IReadOnlyList<JournalEntry> Entries(long sequence, byte[] payload) => EventPack.Is(payload)
        ? EventPack.Read(payload)
        : [new JournalEntry(sequence, JsonSerializer.Deserialize(payload, DomainJson.Default.CustomerEvent)!)];

    private static List<T> Read<T>(string folder, string sql, Func<SqliteDataReader, T> read)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "clv.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        return SqliteRows.Read(connection, sql, read);
    }
}
