using System.Text.Json;
using ClvOrleans.Domain;
using ClvOrleans.Domain.Events;
using Microsoft.Data.Sqlite;

namespace ClvOrleans.Storage.Sqlite;

/// <summary>How the tables hold an event.</summary>
internal static class EventPayload
{
    // The words of a review have a table of their own.
    public static byte[] ToBytes(CustomerEvent e) =>
        JsonSerializer.SerializeToUtf8Bytes(e.ReviewText is null ? e : e with { ReviewText = null }, DomainJson.Default.CustomerEvent);

    public static CustomerEvent Read(SqliteDataReader row, int column) =>
        JsonSerializer.Deserialize((byte[])row.GetValue(column), DomainJson.Default.CustomerEvent)!;
}
