using System.Data.Common;
using System.Text.Json;
using ClvOrleans.Domain;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Segments;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Valuation;
using ClvOrleans.Valuation.Clusters;
using ClvOrleans.Valuation.Rfm;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Storage.Sql;

/// <summary>How the columns of a customer row are read and written.</summary>
public static class CustomerRowColumns
{
    /// <summary>The columns that are read, in order.</summary>
    public const string All =
        "customer, commit_number, sequence, estimated_on, generation, lifecycle, bucket, customers, orders, gross, historic, "
            + "historic_margin, predicted, at_risk, expected_orders, alive, summary, last_seen, market, margin, exact, segments, "
            + "definitions, watches, turns_on, variance, hazard, rfm, cluster";

    /// <summary>How many they are.</summary>
    public static readonly int Count = All.Split(", ").Length;

    /// <summary>The columns of a table that a statement names otherwise.</summary>
    public static string Of(string table) => string.Join(", ", All.Split(", ").Select(c => $"{table}.{c}"));

    /// <summary>The row.</summary>
    public static CustomerRow RowOf(StoreId store, DbDataReader row) => new()
    {
        Id = CustomerId.Parse(store, row.GetString(0)),
        Sequence = row.GetInt64(2),
        Contribution = ContributionOf(row),
        Summary = SummaryOf(row, 16),
        Watches = WatchedRow.StateOf(row.GetString(22), row.IsDBNull(23) ? null : (byte[])row.GetValue(23)),
        TurnsOn = row.IsDBNull(24) ? null : DateOnly.FromDayNumber(row.GetInt32(24)),
    };

    /// <summary>What the customer adds to reports.</summary>
    public static Contribution ContributionOf(DbDataReader row) => new(
        row.GetInt64(2),
        DateOnly.FromDayNumber(row.GetInt32(3)),
        row.GetInt32(4),
        row.IsDBNull(5) ? null : new SegmentCell((Lifecycle)row.GetInt32(5), row.GetInt32(6)),
        row.IsDBNull(20) ? SumsOf(row) : JsonSerializer.Deserialize((byte[])row.GetValue(20), ValuationJson.Default.SegmentSums))
    {
        LastSeen = DateOnly.FromDayNumber(row.GetInt32(17)),
        Market = string.Intern(row.GetString(18)), // A handful of calendars, kept for every customer of a shard.
        MarginBasisPoints = row.GetInt32(19),
        Segments = SegmentSet.Parse(row.GetString(21)),
        Definitions = string.Intern(row.GetString(22)),
        Rfm = row.IsDBNull(27) ? null : RfmScore.OfNumber(row.GetInt32(27)),
        Cluster = row.IsDBNull(28) ? null : new ClusterId(row.GetInt32(28)),
    };

    /// <summary>The column that a list is sorted by.</summary>
    public static string SortedBy(CustomerRowSort sort) => sort switch
    {
        CustomerRowSort.Historic => "historic",
        CustomerRowSort.AtRisk => "at_risk",
        CustomerRowSort.LastSeen => "last_seen",
        _ => "predicted",
    };

    /// <summary>A page of what was read for it: one row beyond its end, where there are more, and what each is sorted by.</summary>
    public static CustomerRowPage PageOf(CustomerRowQuery query, IReadOnlyList<(CustomerRow Row, long Key)> rows)
    {
        var page = rows.Take(query.Limit).ToList();
        var next = rows.Count > query.Limit ? new CustomerRowPosition(page[^1].Key, page[^1].Row.Id.ToText()) : null;
        return new CustomerRowPage([.. page.Select(p => p.Row)], next);
    }

    /// <summary>What models read, as the row holds it: made before the transaction.</summary>
    public static byte[] ToBytes(CustomerSummary summary) =>
        JsonSerializer.SerializeToUtf8Bytes(summary, DomainJson.Default.CustomerSummary);

    /// <summary>What models read.</summary>
    public static CustomerSummary SummaryOf(DbDataReader row, int column) =>
        JsonSerializer.Deserialize((byte[])row.GetValue(column), DomainJson.Default.CustomerSummary)!;

    /// <summary>An amount as its column holds it: lists are sorted by it, and what is beyond 64 bits is kept exactly beside it.</summary>
    public static long Clamped(Money money) => Clamped(money.Minor);

    /// <summary>A number as its column holds it.</summary>
    public static long Clamped(Int128 number) => (long)Int128.Clamp(number, long.MinValue, long.MaxValue);

    /// <summary>The sums as they are kept where a column cannot hold them; null where all can.</summary>
    public static byte[]? ExactOf(SegmentSums s) =>
        Array.TrueForAll([s.Gross, s.Historic, s.HistoricMargin, s.Predicted, s.AtRisk], m => m.Minor == Clamped(m))
            && s.Variance == Clamped(s.Variance)
            ? null
            : JsonSerializer.SerializeToUtf8Bytes(s, ValuationJson.Default.SegmentSums);

    private static SegmentSums SumsOf(DbDataReader row) => new(
        row.GetInt64(7), row.GetInt64(8), new Money(row.GetInt64(9)), new Money(row.GetInt64(10)), new Money(row.GetInt64(11)),
        new Money(row.GetInt64(12)), new Money(row.GetInt64(13)), row.GetInt64(14), row.GetInt64(15), row.GetInt64(25),
        row.GetInt64(26));
}
