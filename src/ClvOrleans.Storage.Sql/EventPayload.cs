using System.Data.Common;
using System.Text.Json;
using ClvOrleans.Domain;
using ClvOrleans.Domain.Events;
using ClvOrleans.Storage.Journal;

namespace ClvOrleans.Storage.Sql;

/// <summary>How the tables hold an event.</summary>
public static class EventPayload
{
    /// <summary>An event as it is kept; the words of a review have a table of their own.</summary>
    public static byte[] ToBytes(CustomerEvent e) =>
        JsonSerializer.SerializeToUtf8Bytes(e.ReviewText is null ? e : e with { ReviewText = null }, DomainJson.Default.CustomerEvent);

    /// <summary>The event of a column.</summary>
    public static CustomerEvent Read(DbDataReader row, int column) => Read((byte[])row.GetValue(column));

    /// <summary>The events of a row of the journal: one, or those of a pack in order of sequence.</summary>
    /// <param name="row">The row.</param>
    /// <param name="sequence">The column of the sequence; the payload's is the next.</param>
    public static IReadOnlyList<JournalEntry> ReadEntries(DbDataReader row, int sequence)
    {
        var payload = (byte[])row.GetValue(sequence + 1);
        return EventPack.Is(payload) ? EventPack.Read(payload) : [new JournalEntry(row.GetInt64(sequence), Read(payload))];
    }

    /// <summary>The entries of rows of one customer, in order of sequence: those of a pack lie between others.</summary>
    /// <param name="rows">What <see cref="ReadEntries"/> gave of each row.</param>
    /// <param name="after">Entries up to this one are left out.</param>
    public static List<JournalEntry> InOrder(IEnumerable<IReadOnlyList<JournalEntry>> rows, long after = 0)
    {
        List<JournalEntry> entries = [.. rows.SelectMany(r => r).Where(e => e.Sequence > after)];
        entries.Sort((a, b) => a.Sequence.CompareTo(b.Sequence));
        return entries;
    }

    private static CustomerEvent Read(byte[] payload) => JsonSerializer.Deserialize(payload, DomainJson.Default.CustomerEvent)!;
}
