using System.Data.Common;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Storage.Sql;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Storage.Postgres;

/// <summary>Reads what a transaction is about to replace: the rows of customers, and whom they have become.</summary>
internal static class RowReader
{
    private const string Rows =
        "SELECT a.store, a.customer, c.sequence, c.predicted, c.segments, c.definitions, c.watches, l.target "
        + "FROM unnest($stores, $customers) AS a (store, customer) "
        + "LEFT JOIN customers c ON c.store = a.store AND c.customer = a.customer "
        + "LEFT JOIN identity_links l ON l.store = a.store AND l.customer = a.customer";

    /// <summary>Adds the query of rows; what it finds is in <paramref name="found"/> once the batch was sent.</summary>
    public static void Read(
        PostgresBatch batch, IReadOnlyCollection<CustomerId> customers,
        Dictionary<(string Store, string Customer), (WatchedRow? Row, string? Target)> found) => batch.Read(
        Rows, row => found[(row.GetString(0), row.GetString(1))] = (RowOf(row), row.IsDBNull(7) ? null : row.GetString(7)),
        ("$stores", customers.Select(c => c.Store.Value).ToArray()), ("$customers", customers.Select(c => c.ToText()).ToArray()));

    private static WatchedRow? RowOf(DbDataReader row) => row.IsDBNull(2) ? null : new WatchedRow(
        row.GetInt64(2), new Money(row.GetInt64(3)), SegmentSet.Parse(row.GetString(4)), row.GetString(5),
        row.IsDBNull(6) ? null : (byte[])row.GetValue(6));
}
