using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Storage.Privacy;

namespace ClvOrleans.Storage.Sql;

/// <summary>A person as the tables know them.</summary>
/// <param name="Identities">All identities that are one customer, the customer first.</param>
/// <param name="Orders">Their orders, also those that they have sent and others own.</param>
/// <param name="Emails">Their e-mail addresses.</param>
/// <param name="Others">Phone numbers.</param>
/// <param name="Events">How many events they have.</param>
/// <param name="Latest">The time of the latest of them.</param>
internal sealed record SqlPerson(
    ImmutableArray<CustomerId> Identities, ImmutableArray<string> Orders, ImmutableArray<string> Emails, ImmutableArray<string> Others,
    long Events, DateTimeOffset Latest)
{
    private const string Email = "email";
    private const string Phone = "phone";

    /// <summary>What the transaction of their erasure holds.</summary>
    public IReadOnlyCollection<string> Scopes =>
        [.. Identities.Select(SqlScope.Of), .. Orders.Select(o => SqlScope.OfOrder(Identities[0].Store, o))];

    public static async ValueTask<SqlPerson> ReadAsync(ISqlSession session, CustomerId customer)
    {
        (string, object?)[] mine = [("$store", customer.Store.Value), ("$customer", customer.ToText())];
        var identities = await session.ReadAsync(
            "SELECT customer FROM identity_links WHERE store = $store AND target = $customer ORDER BY customer",
            row => CustomerId.Parse(customer.Store, row.GetString(0)), mine);
        var orders = new SortedSet<string>(StringComparer.Ordinal);
        orders.UnionWith(await session.ReadAsync(
            "SELECT order_id FROM orders WHERE store = $store AND owner = $customer", row => row.GetString(0), mine));
        var (emails, others) = (new SortedSet<string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal));
        var (count, latest) = (0L, DateTimeOffset.MinValue);
        await foreach (var e in session.StreamAsync(
            "SELECT sequence, payload FROM events WHERE store = $store AND customer = $customer",
            row => EventPayload.ReadEntries(row, 0), mine).SelectMany(row => row.Select(entry => entry.Event)))
        {
            (count, latest) = (count + 1, e.At > latest ? e.At : latest);
            Add(emails, e, Email);
            Add(others, e, Phone);
            if (e.OrderId is { } order)
            {
                orders.Add(order);
            }
        }

        orders.UnionWith(await session.ReadAsync(
            "SELECT order_id FROM contested_completions WHERE store = $store AND sender = $customer", row => row.GetString(0), mine));
        orders.UnionWith(await session.ReadAsync(
            "SELECT order_id FROM held_events WHERE store = $store AND sender = $customer", row => row.GetString(0), mine));
        emails.UnionWith(identities.Append(customer).Where(i => i.MayBeAddress).Select(i => i.Id));
        return new SqlPerson([customer, .. identities], [.. orders], [.. emails], [.. others], count, latest);
    }

    /// <summary>Whether nothing that the scopes do not hold is different.</summary>
    public bool IsStill(SqlPerson now) => Identities.SequenceEqual(now.Identities) && Orders.SequenceEqual(now.Orders);

    public IEnumerable<ErasedName> Names() =>
    [
        .. Identities.Select(ErasedName.Of), .. Orders.Select(ErasedName.OfOrder), .. Emails.Select(ErasedName.OfEmail),
    ];

    public ErasedPerson ToErased() => new(
        Identities,
        [.. Identities.Select(i => i.Id).Concat(Orders).Concat(Emails).Concat(Others).Distinct(StringComparer.Ordinal)],
        Events);

    private static void Add(SortedSet<string> values, CustomerEvent e, string trait)
    {
        if (e.Traits?.GetValueOrDefault(trait) is { Length: > 0 } value)
        {
            values.Add(value);
        }
    }
}
