using System.Data.Common;
using System.Text.Json;
using ClvOrleans.Domain;
using ClvOrleans.Domain.Events;

namespace ClvOrleans.Storage.Postgres;

/// <summary>How the tables hold an event.</summary>
internal static class EventPayload
{
    public static byte[] ToBytes(CustomerEvent e) => JsonSerializer.SerializeToUtf8Bytes(e, DomainJson.Default.CustomerEvent);

    public static CustomerEvent Read(DbDataReader row, int column) =>
        JsonSerializer.Deserialize((byte[])row.GetValue(column), DomainJson.Default.CustomerEvent)!;
}
