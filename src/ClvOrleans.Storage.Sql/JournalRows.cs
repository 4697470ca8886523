using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Journal;

namespace ClvOrleans.Storage.Sql;

/// <summary>What rows of the journal hold, whether they are events or packs.</summary>
public static class JournalRows
{
    /// <summary>The packs of a customer: sequence and payload. Few, and found by the index of the keys.</summary>
    public const string PacksOf = "SELECT sequence, payload FROM events WHERE store = $store AND customer = $customer AND source = ''";

    /// <summary>The packs of a customer and their last rows that are none: all that the last entries can lie in.</summary>
    public const string LastOf = PacksOf + " UNION ALL SELECT sequence, payload FROM (SELECT sequence, payload FROM events "
        + "WHERE store = $store AND customer = $customer AND source <> '' ORDER BY sequence DESC LIMIT $count) w";

    /// <summary>The last entries of rows, newest first.</summary>
    public static IReadOnlyList<JournalEntry> Last(IEnumerable<IReadOnlyList<JournalEntry>> rows, int count) =>
        [.. rows.SelectMany(r => r).OrderByDescending(e => e.Sequence).Take(count)];

    /// <summary>The keys in packs.</summary>
    public static IEnumerable<EventKey> KeysOf(IEnumerable<IReadOnlyList<JournalEntry>> packs) =>
        packs.SelectMany(p => p).Select(e => e.Event.Key);

    /// <summary>The events of rows, a customer after the other, each in order of sequence.</summary>
    /// <param name="rows">The rows, those of a customer together and in order.</param>
    /// <param name="store">The store.</param>
    public static async IAsyncEnumerable<(CustomerId Customer, CustomerEvent Event)> ByCustomerAsync(
        IAsyncEnumerable<(string Customer, IReadOnlyList<JournalEntry> Entries)> rows, StoreId store)
    {
        var (customer, read) = ("", new List<IReadOnlyList<JournalEntry>>());
        await foreach (var row in rows)
        {
            if (row.Customer != customer)
            {
                foreach (var e in Events())
                {
                    yield return e;
                }

                (customer, read) = (row.Customer, []);
            }

            read.Add(row.Entries);
        }

        foreach (var e in Events())
        {
            yield return e;
        }

        IEnumerable<(CustomerId, CustomerEvent)> Events()
        {
            if (read.Count > 0)
            {
                var id = CustomerId.Parse(store, customer);
                foreach (var entry in EventPayload.InOrder(read))
                {
                    yield return (id, entry.Event);
                }
            }
        }
    }
}
