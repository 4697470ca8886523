using NpgsqlTypes;

namespace ClvOrleans.Storage.Postgres;

/// <summary>Appends events to the journal. The key of the table refuses what another writer has appended.</summary>
internal static class EventWriter
{
    private const string Columns = "store, customer, sequence, source, message_id, kind, at, payload, writer";

    /// <summary>From so many events on COPY takes less time than a statement with arrays (docs/benchmarks.md).</summary>
    public const int LeastToCopy = 512;

    /// <summary>Appends many: COPY takes the least work for each, and more to begin.</summary>
    public static async Task CopyAsync(PostgresSession session, IReadOnlyList<PreparedEvent> events)
    {
        await using var copy = await session.Connection.BeginBinaryImportAsync($"COPY events ({Columns}) FROM STDIN (FORMAT BINARY)");
        foreach (var (id, sequence, e, payload) in events)
        {
            await copy.StartRowAsync();
            await copy.WriteAsync(id.Store.Value, NpgsqlDbType.Text);
            await copy.WriteAsync(id.ToText(), NpgsqlDbType.Text);
            await copy.WriteAsync(sequence, NpgsqlDbType.Bigint);
            await copy.WriteAsync(e.Source, NpgsqlDbType.Text);
            await copy.WriteAsync(e.MessageId, NpgsqlDbType.Text);
            await copy.WriteAsync(e.Kind.ToString(), NpgsqlDbType.Text);
            await copy.WriteAsync(e.At.ToUnixTimeMilliseconds(), NpgsqlDbType.Bigint);
            await copy.WriteAsync(payload, NpgsqlDbType.Bytea);
            await copy.WriteAsync(session.Writer, NpgsqlDbType.Bigint);
        }

        await copy.CompleteAsync();
    }

    /// <summary>Appends a few, with other statements.</summary>
    public static void Insert(PostgresBatch batch, long writer, IReadOnlyList<PreparedEvent> events) => batch.Run(
        $"INSERT INTO events ({Columns}) SELECT *, $writer "
            + "FROM unnest($stores, $customers, $sequences, $sources, $messages, $kinds, $times, $payloads)",
        ("$stores", events.Select(e => e.Customer.Store.Value).ToArray()),
        ("$customers", events.Select(e => e.Customer.ToText()).ToArray()),
        ("$sequences", events.Select(e => e.Sequence).ToArray()), ("$sources", events.Select(e => e.Event.Source).ToArray()),
        ("$messages", events.Select(e => e.Event.MessageId).ToArray()), ("$kinds", events.Select(e => e.Event.Kind.ToString()).ToArray()),
        ("$times", events.Select(e => e.Event.At.ToUnixTimeMilliseconds()).ToArray()),
        ("$payloads", events.Select(e => e.Payload).ToArray()), ("$writer", writer));

    /// <summary>Keeps the words of rated reviews among the events.</summary>
    public static void InsertReviews(PostgresBatch batch, IEnumerable<PreparedEvent> events)
    {
        var reviews = events.Where(e => e.Event is { ReviewText: not null, Rating: not null }).ToArray();
        if (reviews.Length > 0)
        {
            batch.Run(
                "INSERT INTO review_texts (store, customer, source, message_id, at, rating, text) "
                    + "SELECT * FROM unnest($stores, $customers, $sources, $messages, $times, $ratings, $texts)",
                ("$stores", reviews.Select(e => e.Customer.Store.Value).ToArray()),
                ("$customers", reviews.Select(e => e.Customer.ToText()).ToArray()),
                ("$sources", reviews.Select(e => e.Event.Source).ToArray()),
                ("$messages", reviews.Select(e => e.Event.MessageId).ToArray()),
                ("$times", reviews.Select(e => e.Event.At.ToUnixTimeMilliseconds()).ToArray()),
                ("$ratings", reviews.Select(e => (long)e.Event.Rating!.Value).ToArray()),
                ("$texts", reviews.Select(e => e.Event.ReviewText!).ToArray()));
        }
    }
}
