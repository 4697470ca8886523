using System.Text.Json;
using ClvOrleans.Domain;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Storage.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace ClvOrleans.Benchmarks.Ingest;

/// <summary>Only the rows of events, by COPY into a table as the journal's: a transaction for each batch.</summary>
internal sealed class EventCopies : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private long _number;

    private EventCopies(NpgsqlDataSource source) => _source = source;

    public static async Task<EventCopies> OpenAsync(PostgresOptions options)
    {
        var source = NpgsqlDataSource.Create(options.ConnectionString + ";Maximum Pool Size=8");
        await using var command = source.CreateCommand("CREATE TABLE copied (LIKE events INCLUDING INDEXES)");
        await command.ExecuteNonQueryAsync();
        return new EventCopies(source);
    }

    public async Task WriteAsync(List<RoutedEvent> events)
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using var copy = await connection.BeginBinaryImportAsync(
            "COPY copied (store, customer, sequence, source, message_id, kind, at, payload, writer) FROM STDIN (FORMAT BINARY)");
        foreach (var e in events)
        {
            await copy.StartRowAsync();
            await copy.WriteAsync(e.Subject.Store.Value, NpgsqlDbType.Text);
            await copy.WriteAsync(e.Subject.ToText(), NpgsqlDbType.Text);
            await copy.WriteAsync(Interlocked.Increment(ref _number), NpgsqlDbType.Bigint);
            await copy.WriteAsync(e.Event.Source, NpgsqlDbType.Text);
            await copy.WriteAsync(e.Event.MessageId, NpgsqlDbType.Text);
            await copy.WriteAsync(e.Event.Kind.ToString(), NpgsqlDbType.Text);
            await copy.WriteAsync(e.Event.At.ToUnixTimeMilliseconds(), NpgsqlDbType.Bigint);
            await copy.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(e.Event, DomainJson.Default.CustomerEvent), NpgsqlDbType.Bytea);
            await copy.WriteAsync(0L, NpgsqlDbType.Bigint);
        }

        await copy.CompleteAsync();
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
