using System.Globalization;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Journal;

namespace ClvOrleans.Storage.Sql;

/// <inheritdoc cref="IEventPacks" />
public sealed class SqlEventPacks(ISqlDatabase database) : IEventPacks
{
    // A pack is packed anew with the next events until it is so long: few long ones take less room than many short ones.
    private const int MostBytes = 8 * 1024;

    private static readonly string Old =
        $"source <> '' AND at < $before AND kind IN ({string.Join(", ", Behaviour.Kinds.Select(k => $"'{k}'"))})";

    private static readonly string FindOld =
        "SELECT c.commit_number, c.customer, EXISTS (SELECT 1 FROM events e WHERE e.store = c.store AND e.customer = c.customer AND "
        + Old + ") FROM customers c WHERE c.store = $store AND c.shard = $shard AND c.commit_number > $after "
        + "ORDER BY c.commit_number LIMIT $limit";

    private const string Mine = " FROM events WHERE store = $store AND customer = $customer AND ";

    /// <inheritdoc />
    public async Task<OldBehaviour> FindAsync(
        StoreId store, int shard, long after, DateTimeOffset before, CancellationToken cancellation = default)
    {
        var found = await database.ReadAsync(
            FindOld,
            row => (Commit: row.GetInt64(0), Customer: CustomerId.Parse(store, row.GetString(1)), HasOld: row.GetBoolean(2)),
            ("$store", store.Value), ("$shard", (long)shard), ("$after", after), ("$before", before.ToUnixTimeMilliseconds()),
            ("$limit", (long)OldBehaviour.MostCustomers));
        return new OldBehaviour(
            [.. found.Where(f => f.HasOld).Select(f => f.Customer)],
            found.Count == OldBehaviour.MostCustomers ? found[^1].Commit : null);
    }

    /// <inheritdoc />
    public async Task<int?> PackAsync(
        CustomerId customer, DateTimeOffset before, Func<IReadOnlyList<CustomerEvent>, IReadOnlyList<CustomerEvent>, bool> isSame,
        CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        int? packed = 0;
        await database.WriteLaterAsync(
            SqlScope.Of(customer), async session => packed = await PackAsync(session, customer, before, isSame));
        return packed;
    }

    private static async ValueTask<int?> PackAsync(
        ISqlSession session, CustomerId customer, DateTimeOffset before,
        Func<IReadOnlyList<CustomerEvent>, IReadOnlyList<CustomerEvent>, bool> isSame)
    {
        (string, object?)[] mine = [("$store", customer.Store.Value), ("$customer", customer.ToText())];
        (string, object?)[] old = [.. mine, ("$before", before.ToUnixTimeMilliseconds())];
        var rows = EventPayload.InOrder(await session.ReadAsync(
            "SELECT sequence, payload" + Mine + Old + " ORDER BY sequence LIMIT $limit", row => EventPayload.ReadEntries(row, 0),
            [.. old, ("$limit", (long)OldBehaviour.MostEvents)]));
        if (rows.Count == 0)
        {
            return 0;
        }

        var last = await session.ReadAsync(
            "SELECT sequence, payload" + Mine + "source = '' ORDER BY sequence DESC LIMIT 1",
            row => (Sequence: row.GetInt64(0), Payload: (byte[])row.GetValue(1)), mine);
        var pack = last is [{ Payload.Length: < MostBytes }] ? last[0] : default;
        IReadOnlyList<JournalEntry> packed = pack.Payload is null ? [] : EventPack.Read(pack.Payload);
        var entries = EventPayload.InOrder([packed, [.. rows.Select(e => e with { Event = Behaviour.Reduce(e.Event) })]]);
        var bytes = EventPack.ToBytes(entries);
        if (!isSame([.. packed.Concat(rows).Select(e => e.Event)], [.. EventPack.Read(bytes).Select(e => e.Event)]))
        {
            return null;
        }

        var place = entries[^1].Sequence;
        await session.RunAsync(
            "DELETE" + Mine + Old + " AND sequence <= $last AND sequence <> $place",
            [.. old, ("$last", rows[^1].Sequence), ("$place", place)]);
        if (pack.Payload is not null && pack.Sequence != place)
        {
            await session.RunAsync("DELETE" + Mine + "sequence = $pack", [.. mine, ("$pack", pack.Sequence)]);
        }

        await session.RunAsync(
            "UPDATE events SET source = '', message_id = $message, kind = $kind, at = $at, payload = $payload "
                + "WHERE store = $store AND customer = $customer AND sequence = $place",
            [
                .. mine, ("$place", place), ("$message", place.ToString(CultureInfo.InvariantCulture)), ("$kind", EventPack.Kind),
                ("$at", entries.Min(e => e.Event.At).ToUnixTimeMilliseconds()), ("$payload", bytes),
            ]);
        return rows.Count;
    }
}
