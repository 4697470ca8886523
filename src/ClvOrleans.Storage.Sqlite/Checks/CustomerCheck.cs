using ClvOrleans.Domain.Events;
using ClvOrleans.Storage.Journal;
using Microsoft.Data.Sqlite;

namespace ClvOrleans.Storage.Sqlite.Checks;

/// <summary>Each customer's events are numbered without gaps, can be read, and are what their columns say; those of packs too.</summary>
internal sealed class CustomerCheck : IStoreCheck
{
    public string Name => "events";

    public IEnumerable<string> Run(CheckedStore store)
    {
        var (customer, sequences) = ("", new List<long>());
        foreach (var row in store.Rows(
            "SELECT store, customer, source, message_id, kind, at, sequence, payload FROM events ORDER BY store, customer, sequence"))
        {
            if ($"{row.GetString(0)}/{row.GetString(1)}" is var next && next != customer)
            {
                foreach (var finding in Gaps(customer, sequences))
                {
                    yield return finding;
                }

                (customer, sequences) = (next, []);
            }

            var sequence = row.GetInt64(6);
            var entries = JournalEvents.Read(row, 6, out var error);
            sequences.AddRange(entries.Count == 0 ? [sequence] : entries.Select(e => e.Sequence));
            if (entries.Count == 0)
            {
                yield return $"{customer}: event {sequence} cannot be read: {error}";
            }
            else if (!Matches(row, entries))
            {
                var key = entries[^1].Event.Key;
                yield return $"{customer}: event {sequence} is another one than its columns say: {key.Source} {key.MessageId}.";
            }
        }

        foreach (var finding in Gaps(customer, sequences))
        {
            yield return finding;
        }
    }

    // A pack stands where its last event stood, and at the time of its earliest.
    private static bool Matches(SqliteDataReader row, IReadOnlyList<JournalEntry> entries)
    {
        var (last, at) = (entries[^1], entries.Min(e => e.Event.At));
        var (source, kind) = (row.GetString(2), row.GetString(4));
        return last.Sequence == row.GetInt64(6) && at.ToUnixTimeMilliseconds() == row.GetInt64(5)
            && (source == EventPack.Source
                ? kind == EventPack.Kind && entries.All(e => Behaviour.Kinds.Contains(e.Event.Kind))
                : last.Event.Key == new EventKey(source, row.GetString(3)) && last.Event.Kind.ToString() == kind);
    }

    private static IEnumerable<string> Gaps(string customer, List<long> sequences)
    {
        sequences.Sort();
        var expected = 0L;
        foreach (var sequence in sequences)
        {
            expected++;
            if (sequence != expected)
            {
                yield return $"{customer}: event {expected} is missing; after it comes {sequence}.";
            }

            expected = sequence;
        }
    }
}
