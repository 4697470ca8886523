using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Privacy;

namespace ClvOrleans.Storage.Sql;

/// <summary>Asks within a transaction whether events are of somebody who was erased.</summary>
public static class SqlErased
{
    private const string Find = "SELECT until, at, is_erased FROM erasures WHERE store = $store AND hash = $hash";

    /// <summary>The key; null where nobody was ever erased or suppressed.</summary>
    public static async ValueTask<ErasureKey?> FindKeyAsync(ISqlSession session) =>
        await session.ScalarAsync("SELECT secret FROM erasure_secret") is byte[] secret ? new ErasureKey(secret) : null;

    /// <summary>What is kept of a name; null where it was never erased or suppressed.</summary>
    public static async ValueTask<Erasure?> FindAsync(ISqlSession session, ErasureKey key, StoreId store, ErasedName name)
    {
        var hash = key.HashOf(store, name);
        var found = await session.ReadAsync(
            Find, row => new Erasure(hash, InstantOf(row.GetInt64(0)), InstantOf(row.GetInt64(1)), row.GetInt64(2) == 1),
            ("$store", store.Value), ("$hash", hash));
        return found.SingleOrDefault();
    }

    /// <summary>Whether what happens to a customer at a time is dropped, since they were erased or are suppressed.</summary>
    public static async ValueTask<bool> IsDroppedAsync(ISqlSession session, CustomerId customer, DateTimeOffset at) =>
        await FindKeyAsync(session) is { } key
        && await FindAsync(session, key, customer.Store, ErasedName.Of(customer)) is { } erasure && at <= erasure.Until;

    /// <summary>Throws where a commit would bring back somebody who was erased, or one of their orders.</summary>
    /// <exception cref="CustomerErasedException">It would.</exception>
    public static async ValueTask GuardAsync(ISqlSession session, CustomerCommit commit)
    {
        if (NamesOf(commit) is { Count: > 0 } names && await FindKeyAsync(session) is { } key)
        {
            foreach (var (name, at) in names)
            {
                await GuardAsync(session, key, commit.Row.Id.Store, name, at);
            }
        }
    }

    /// <summary>Throws where an event that is to wait for its order is of somebody who was erased.</summary>
    /// <exception cref="CustomerErasedException">It is.</exception>
    public static async ValueTask GuardAsync(ISqlSession session, CustomerId sender, CustomerEvent e)
    {
        if (await FindKeyAsync(session) is { } key)
        {
            await GuardAsync(session, key, sender.Store, ErasedName.Of(sender), e.At);
            await GuardAsync(session, key, sender.Store, ErasedName.OfOrder(e.OrderId!), e.At);
        }
    }

    /// <summary>What of a commit may be of an erased person, with the earliest event: who is known already is not.</summary>
    public static IReadOnlyList<(ErasedName Name, DateTimeOffset At)> NamesOf(CustomerCommit commit)
    {
        if (commit.Events.IsEmpty || (commit.ExpectedSequence > 0 && commit.ClaimedOrders.IsEmpty))
        {
            return [];
        }

        var names = new List<(ErasedName, DateTimeOffset)>();
        if (commit.ExpectedSequence == 0)
        {
            names.Add((ErasedName.Of(commit.Row.Id), commit.Events.Min(e => e.At)));
        }

        names.AddRange(commit.ClaimedOrders.Select(o => (
            ErasedName.OfOrder(o),
            commit.Events.Where(e => e.OrderId == o).Select(e => e.At).DefaultIfEmpty(DateTimeOffset.MinValue).Min())));
        return names;
    }

    /// <summary>An instant as the table holds it.</summary>
    public static DateTimeOffset InstantOf(long milliseconds) =>
        milliseconds == long.MaxValue ? DateTimeOffset.MaxValue : DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    internal static long Milliseconds(DateTimeOffset instant) =>
        instant == DateTimeOffset.MaxValue ? long.MaxValue : instant.ToUnixTimeMilliseconds();

    private static async ValueTask GuardAsync(ISqlSession session, ErasureKey key, StoreId store, ErasedName name, DateTimeOffset at)
    {
        if (await FindAsync(session, key, store, name) is { } erasure && at <= erasure.Until)
        {
            throw new CustomerErasedException();
        }
    }
}
