using System.Text.Json;
using ClvOrleans.Domain;
using ClvOrleans.Storage.CustomerRows;

namespace ClvOrleans.Storage.Postgres;

/// <summary>A customer row with its bytes, made before the transaction.</summary>
internal sealed class PreparedRow(CustomerRow row)
{
    public CustomerRow Row => row;

    public byte[] Summary { get; } = JsonSerializer.SerializeToUtf8Bytes(row.Summary, DomainJson.Default.CustomerSummary);
}
