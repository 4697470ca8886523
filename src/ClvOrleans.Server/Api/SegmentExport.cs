using System.Globalization;
using System.Text;
using System.Text.Json;
using ClvOrleans.Domain.Segments;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Server.Api;

/// <summary>Writes all members of an own segment, by id: a page of rows is in memory at a time, however many there are.</summary>
internal static class SegmentExport
{
    private const int Page = 1_000;

    private static readonly string[] Columns =
        ["customer", "kind", "email", "segment", "orders", "historic", "predicted", "at_risk", "p_alive", "last_seen"];

    /// <summary>As CSV (RFC 4180), with a line of names.</summary>
    public static Task WriteCsvAsync(
        Stream stream, ICustomerRows rows, StoreSettings store, SegmentId segment, TierThresholds thresholds,
        CancellationToken cancellation) =>
        WriteAsync(stream, rows, store, segment, string.Join(',', Columns) + "\r\n", row => Line(row, thresholds, store), cancellation);

    /// <summary>As JSON, one customer a line, with the members of lists of customers.</summary>
    public static Task WriteJsonAsync(
        Stream stream, ICustomerRows rows, StoreSettings store, SegmentId segment, TierThresholds thresholds, JsonSerializerOptions json,
        CancellationToken cancellation) =>
        WriteAsync(
            stream, rows, store, segment, "",
            row => JsonSerializer.Serialize(CustomerListItem.Of(row, thresholds, store.Currency), json) + "\n", cancellation);

    private static async Task WriteAsync(
        Stream stream, ICustomerRows rows, StoreSettings store, SegmentId segment, string head, Func<CustomerRow, string> line,
        CancellationToken cancellation)
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
        await writer.WriteAsync(head);
        for (var page = await rows.MembersAsync(store.Id, segment, null, Page, cancellation);
            page.Count > 0;
            page = await rows.MembersAsync(store.Id, segment, page[^1].Id, Page, cancellation))
        {
            foreach (var row in page)
            {
                await writer.WriteAsync(line(row).AsMemory(), cancellation);
            }

            await writer.FlushAsync(cancellation);
        }
    }

    private static string Line(CustomerRow row, TierThresholds thresholds, StoreSettings store)
    {
        var c = CustomerListItem.Of(row, thresholds, store.Currency);
        string[] cells =
        [
            c.Customer, c.Kind.ToString(), row.Summary.Traits.GetValueOrDefault("email", ""), c.Segment, Text(c.Orders), Text(c.Historic),
            Text(c.Predicted), Text(c.AtRisk), Text(c.ProbabilityAlive), c.LastSeen.ToString("O", CultureInfo.InvariantCulture),
        ];
        return string.Join(',', cells.Select(Quoted)) + "\r\n";
    }

    private static string Text(IFormattable? number) => number?.ToString(null, CultureInfo.InvariantCulture) ?? "";

    private static string Quoted(string cell) => cell.AsSpan().IndexOfAny(",\"\r\n") < 0
        ? cell
        : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
