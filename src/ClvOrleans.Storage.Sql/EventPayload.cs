using System.Data.Common;
using System.Text.Json;
using ClvOrleans.Domain;
using ClvOrleans.Domain.Events;

namespace ClvOrleans.Storage.Sql;

/// <summary>How the tables hold an event.</summary>
public static class EventPayload
{
    /// <summary>An event as it is kept; the words of a review have a table of their own.</summary>
    public static byte[] ToBytes(CustomerEvent e) =>
        JsonSerializer.SerializeToUtf8Bytes(e.ReviewText is null ? e : e with { ReviewText = null }, DomainJson.Default.CustomerEvent);

    /// <summary>The event of a column.</summary>
    public static CustomerEvent Read(DbDataReader row, int column) =>
        JsonSerializer.Deserialize((byte[])row.GetValue(column), DomainJson.Default.CustomerEvent)!;
}
