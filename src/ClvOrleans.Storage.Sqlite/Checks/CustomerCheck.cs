using ClvOrleans.Domain.Events;

namespace ClvOrleans.Storage.Sqlite.Checks;

/// <summary>Each customer's events are numbered without gaps, can be read, and are what their columns say.</summary>
internal sealed class CustomerCheck : IStoreCheck
{
    public string Name => "events";

    public IEnumerable<string> Run(CheckedStore store)
    {
        var (before, expected) = ("", 0L);
        foreach (var row in store.Rows(
            "SELECT store, customer, sequence, source, message_id, kind, at, payload FROM events ORDER BY store, customer, sequence"))
        {
            var (customer, sequence) = ($"{row.GetString(0)}/{row.GetString(1)}", row.GetInt64(2));
            expected = customer == before ? expected + 1 : 1;
            if (sequence != expected)
            {
                yield return $"{customer}: event {expected} is missing; after it comes {sequence}.";
            }

            (before, expected) = (customer, sequence);
            if (!JournalEvents.TryRead(row, 7, out var e, out var error))
            {
                yield return $"{customer}: event {sequence} cannot be read: {error}";
            }
            else if (e.Key != new EventKey(row.GetString(3), row.GetString(4)) || e.Kind.ToString() != row.GetString(5)
                || e.At.ToUnixTimeMilliseconds() != row.GetInt64(6))
            {
                yield return $"{customer}: event {sequence} is another one than its columns say: {e.Key.Source} {e.Key.MessageId}.";
            }
        }
    }
}
