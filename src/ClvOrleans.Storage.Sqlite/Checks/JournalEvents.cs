using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using ClvOrleans.Domain;
using ClvOrleans.Domain.Events;
using ClvOrleans.Storage.Journal;
using Microsoft.Data.Sqlite;

namespace ClvOrleans.Storage.Sqlite.Checks;

/// <summary>Reads events of which nothing is known to be right.</summary>
internal static class JournalEvents
{
    public static bool TryRead(SqliteDataReader row, int column, [NotNullWhen(true)] out CustomerEvent? e, out string error)
    {
        (e, error) = (null, "it is not an event.");
        try
        {
            e = JsonSerializer.Deserialize((byte[])row.GetValue(column), DomainJson.Default.CustomerEvent);
        }
        catch (Exception unreadable) when (unreadable is JsonException or NotSupportedException or InvalidCastException or ArgumentException
            or FormatException)
        {
            error = unreadable.Message;
        }

        return e is not null;
    }

    /// <summary>The entries of a row, of a pack as of an event; none where it cannot be read.</summary>
    /// <param name="row">The row.</param>
    /// <param name="sequence">The column of the sequence; the payload's is the next.</param>
    /// <param name="error">Why it cannot be read.</param>
    public static IReadOnlyList<JournalEntry> Read(SqliteDataReader row, int sequence, out string error)
    {
        try
        {
            if (row.GetValue(sequence + 1) is byte[] payload && EventPack.Is(payload))
            {
                error = "it is a pack without events.";
                return EventPack.Read(payload);
            }
        }
        catch (InvalidDataException unreadable)
        {
            error = unreadable.Message;
            return [];
        }

        return TryRead(row, sequence + 1, out var e, out error) ? [new JournalEntry(row.GetInt64(sequence), e)] : [];
    }

    /// <summary>
    /// The events of a store's customers, a customer after the other; what cannot be read is left out, since another check tells it.
    /// </summary>
    public static IEnumerable<(string Customer, List<CustomerEvent> Events)> ByCustomer(CheckedStore store)
    {
        var (customer, entries) = ("", new List<JournalEntry>());
        foreach (var row in store.Rows(
            "SELECT customer, sequence, payload FROM events WHERE store = $store ORDER BY customer, sequence",
            ("$store", store.Settings.Id.Value)))
        {
            if (row.GetString(0) is var next && next != customer)
            {
                if (entries.Count > 0)
                {
                    yield return (customer, Events());
                }

                (customer, entries) = (next, []);
            }

            entries.AddRange(Read(row, 1, out _));
        }

        if (entries.Count > 0)
        {
            yield return (customer, Events());
        }

        List<CustomerEvent> Events() => [.. entries.OrderBy(e => e.Sequence).Select(e => e.Event)];
    }
}
