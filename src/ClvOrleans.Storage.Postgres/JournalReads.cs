using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Sql;

namespace ClvOrleans.Storage.Postgres;

/// <summary>What the grains of customers ask before they write, for many customers at once.</summary>
internal sealed class JournalReads(PostgresDatabase database)
{
    /// <summary>Where journals end.</summary>
    public ReadGroup<CustomerId, JournalTip> Tips { get; } = new(database, ReadTipsAsync);

    /// <summary>Events of customers, after a sequence.</summary>
    public ReadGroup<(CustomerId Customer, long After), IReadOnlyList<JournalEntry>> Entries { get; } = new(database, ReadEntriesAsync);

    /// <summary>Who owns orders.</summary>
    public ReadGroup<(StoreId Store, IReadOnlyCollection<string> Orders), IReadOnlyDictionary<string, CustomerId>> Owners { get; } =
        new(database, ReadOwnersAsync);

    /// <summary>What is held for orders.</summary>
    public ReadGroup<(StoreId Store, IReadOnlyCollection<string> Orders), IReadOnlyList<HeldEvent>> Held { get; } =
        new(database, ReadHeldAsync);

    private static async Task<JournalTip[]> ReadTipsAsync(PostgresSession session, IReadOnlyList<CustomerId> asked)
    {
        var tips = new JournalTip[asked.Count];
        await session.ReadAsync(
            "SELECT a.place, c.sequence, l.target FROM unnest($stores, $customers) WITH ORDINALITY AS a (store, customer, place) "
                + "LEFT JOIN customers c ON c.store = a.store AND c.customer = a.customer "
                + "LEFT JOIN identity_links l ON l.store = a.store AND l.customer = a.customer",
            row =>
            {
                var place = row.GetInt32(0) - 1;
                return tips[place] = new JournalTip(
                    row.IsDBNull(1) ? 0 : row.GetInt64(1), row.IsDBNull(2) ? null : CustomerId.Parse(asked[place].Store, row.GetString(2)));
            },
            ("$stores", asked.Select(a => a.Store.Value).ToArray()), ("$customers", asked.Select(a => a.ToText()).ToArray()));
        return tips;
    }

    private static async Task<IReadOnlyList<JournalEntry>[]> ReadEntriesAsync(
        PostgresSession session, IReadOnlyList<(CustomerId Customer, long After)> asked)
    {
        var read = asked.Select(_ => new List<IReadOnlyList<JournalEntry>>()).ToArray();
        await session.ReadAsync(
            "SELECT a.place, e.sequence, e.payload FROM unnest($stores, $customers, $afters) WITH ORDINALITY AS a (store, customer, "
                + "after, place) JOIN events e ON e.store = a.store AND e.customer = a.customer AND e.sequence > a.after ORDER BY a.place, "
                + "e.sequence",
            row =>
            {
                read[row.GetInt32(0) - 1].Add(EventPayload.ReadEntries(row, 1));
                return 0;
            },
            ("$stores", asked.Select(a => a.Customer.Store.Value).ToArray()),
            ("$customers", asked.Select(a => a.Customer.ToText()).ToArray()),
            ("$afters", asked.Select(a => a.After).ToArray()));
        return [.. read.Select((rows, i) => EventPayload.InOrder(rows, asked[i].After))];
    }

    private static async Task<IReadOnlyDictionary<string, CustomerId>[]> ReadOwnersAsync(
        PostgresSession session, IReadOnlyList<(StoreId Store, IReadOnlyCollection<string> Orders)> asked)
    {
        var owners = asked.Select(_ => new Dictionary<string, CustomerId>(StringComparer.Ordinal)).ToArray();
        await session.ReadAsync(
            "SELECT a.place, o.order_id, o.owner FROM unnest($places, $stores, $orders) AS a (place, store, order_id) "
                + "JOIN orders o ON o.store = a.store AND o.order_id = a.order_id",
            row => owners[row.GetInt32(0)][row.GetString(1)] = CustomerId.Parse(asked[row.GetInt32(0)].Store, row.GetString(2)),
            OrdersOf(asked));
        return owners;
    }

    private static async Task<IReadOnlyList<HeldEvent>[]> ReadHeldAsync(
        PostgresSession session, IReadOnlyList<(StoreId Store, IReadOnlyCollection<string> Orders)> asked)
    {
        var held = asked.Select(_ => new List<HeldEvent>()).ToArray();
        await session.ReadAsync(
            "SELECT a.place, h.sender, h.payload FROM unnest($places, $stores, $orders) AS a (place, store, order_id) "
                + "JOIN held_events h ON h.store = a.store AND h.order_id = a.order_id ORDER BY a.place, h.order_id, h.source, "
                + "h.message_id",
            row =>
            {
                var place = row.GetInt32(0);
                held[place].Add(new HeldEvent(CustomerId.Parse(asked[place].Store, row.GetString(1)), EventPayload.Read(row, 2)));
                return 0;
            },
            OrdersOf(asked));
        return held;
    }

    private static (string, object?)[] OrdersOf(IReadOnlyList<(StoreId Store, IReadOnlyCollection<string> Orders)> asked)
    {
        var orders = asked.SelectMany((a, place) => a.Orders.Distinct(StringComparer.Ordinal)
            .Select(o => (Place: (long)place, Store: a.Store.Value, Order: o))).ToArray();
        return
        [
            ("$places", orders.Select(o => o.Place).ToArray()), ("$stores", orders.Select(o => o.Store).ToArray()),
            ("$orders", orders.Select(o => o.Order).ToArray()),
        ];
    }
}
