using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Privacy;

namespace ClvOrleans.Storage.Sql;

/// <inheritdoc cref="IErasures" />
public sealed class SqlErasures(ISqlDatabase database) : IErasures
{
    private const int SweptAtOnce = 100;
    private const int MostAsked = 64;
    private const string Columns = "SELECT hash, until, at, is_erased FROM erasures WHERE store = $store";

    // Few sizes, so that few statements are prepared; a smaller question repeats its last hash.
    private static readonly int[] Sizes = [1, 8, MostAsked];
    private ErasureKey? _key;

    /// <inheritdoc />
    public async Task<ErasureKey?> FindKeyAsync(CancellationToken cancellation = default)
    {
        if (_key is null)
        {
            await using var session = await database.OpenAsync(cancellation);
            _key = await SqlErased.FindKeyAsync(session);
        }

        return _key;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<ErasedName, Erasure>> FindAsync(
        StoreId store, IReadOnlyCollection<ErasedName> names, CancellationToken cancellation = default)
    {
        var found = new Dictionary<ErasedName, Erasure>();
        if (await FindKeyAsync(cancellation) is { } key)
        {
            var byHash = new Dictionary<string, ErasedName>(StringComparer.Ordinal);
            foreach (var name in names)
            {
                byHash[key.HashOf(store, name)] = name;
            }

            await using var session = await database.OpenAsync(cancellation);
            foreach (var asked in byHash.Keys.Chunk(MostAsked))
            {
                foreach (var erasure in await session.ReadAsync(SqlFor(asked.Length), ErasureOf, Parameters(store, asked)))
                {
                    found[byHash[erasure.Hash]] = erasure;
                }
            }
        }

        return found;
    }

    /// <inheritdoc />
    public async Task<ErasedPerson> EraseAsync(
        CustomerId customer, bool suppress, DateTimeOffset at, IReadOnlyCollection<Delivery> notices,
        CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        SqlPerson person;
        await using (var session = await database.OpenAsync(cancellation))
        {
            person = await SqlPerson.ReadAsync(session, customer);
        }

        await database.WriteAsync(person.Scopes, async session =>
        {
            if (await SqlSuccessors.FindAsync(session, customer) != customer
                || !person.IsStill(await SqlPerson.ReadAsync(session, customer)))
            {
                throw new SequenceConflictException("The customer has changed while they were to be erased.");
            }

            var key = await MakeKeyAsync(session);
            await RememberAsync(session, key, person, suppress, at);
            foreach (var notice in notices)
            {
                await SqlDeliveries.InsertAsync(session, notice);
                await session.RunAsync(
                    "INSERT INTO erasure_notices (store, id) VALUES ($store, $id) ON CONFLICT DO NOTHING",
                    ("$store", customer.Store.Value), ("$id", notice.Id.Value));
            }

            foreach (var identity in person.Identities)
            {
                await SqlErasureSteps.DeleteAsync(session, identity);
                await session.RunAsync(
                    "INSERT INTO erasure_remains (store, customer, at) VALUES ($store, $customer, $at) "
                        + "ON CONFLICT (store, customer) DO UPDATE SET at = excluded.at",
                    ("$store", customer.Store.Value), ("$customer", identity.ToText()), ("$at", at.ToUnixTimeMilliseconds()));
            }

            var shards = await session.Shards.FindAsync(session, customer.Store);
            foreach (var identity in person.Identities.OrderBy(i => i.ShardIn(shards)))
            {
                await SqlErasureSteps.ReplaceRowAsync(database, session, key, identity);
            }
        });
        return person.ToErased();
    }

    /// <inheritdoc />
    public Task SuppressAsync(CustomerId customer, DateTimeOffset at, CancellationToken cancellation = default) =>
        database.WriteAsync(SqlScope.Of(customer), async session =>
        {
            var key = await MakeKeyAsync(session);
            await RememberAsync(
                session, customer.Store, key.HashOf(customer.Store, ErasedName.Of(customer)), DateTimeOffset.MaxValue, at, false);
        });

    /// <inheritdoc />
    public async Task<bool> UnsuppressAsync(CustomerId customer, DateTimeOffset at, CancellationToken cancellation = default)
    {
        var changed = 0;
        await database.WriteAsync(SqlScope.Of(customer), async session =>
        {
            changed = await SqlErased.FindKeyAsync(session) is { } key
                ? await session.RunAsync(
                    "UPDATE erasures SET until = $at WHERE store = $store AND hash = $hash AND until > $at",
                    ("$store", customer.Store.Value), ("$hash", key.HashOf(customer.Store, ErasedName.Of(customer))),
                    ("$at", at.ToUnixTimeMilliseconds()))
                : 0;
        });
        return changed > 0;
    }

    /// <inheritdoc />
    public async Task ClearAsync(StoreId store, DateTimeOffset before, CancellationToken cancellation = default)
    {
        for (var swept = SweptAtOnce; swept == SweptAtOnce;)
        {
            cancellation.ThrowIfCancellationRequested();
            var remains = await database.ReadAsync(
                "SELECT customer FROM erasure_remains WHERE store = $store AND at < $before ORDER BY customer LIMIT $limit",
                row => CustomerId.Parse(store, row.GetString(0)),
                ("$store", store.Value), ("$before", SqlErased.Milliseconds(before)), ("$limit", SweptAtOnce));
            if (remains.Count > 0)
            {
                await database.WriteAsync([.. remains.Select(SqlScope.Of)], async session =>
                {
                    foreach (var identity in remains)
                    {
                        await ClearAsync(session, identity);
                    }
                });
            }

            swept = remains.Count;
        }

        await database.WriteAsync($"erasure-notices/{store}", async session =>
        {
            const string Ended = "SELECT n.id FROM erasure_notices n LEFT JOIN deliveries d ON d.store = n.store AND d.id = n.id "
                + "WHERE n.store = $store AND (d.id IS NULL OR d.state NOT IN ('Waiting', 'Handed'))";
            foreach (var id in await session.ReadAsync(Ended, row => row.GetString(0), ("$store", store.Value)))
            {
                await session.RunAsync("DELETE FROM deliveries WHERE store = $store AND id = $id", ("$store", store.Value), ("$id", id));
                await session.RunAsync(
                    "DELETE FROM erasure_notices WHERE store = $store AND id = $id", ("$store", store.Value), ("$id", id));
            }
        });
    }

    /// <inheritdoc />
    public Task<long> ForgetAsync(StoreId store, IReadOnlyCollection<string> names, CancellationToken cancellation = default) =>
        new SqlForgetting(database, store, names).RunAsync(cancellation);

    /// <inheritdoc />
    public Task<bool> CompactAsync(CancellationToken cancellation = default) =>
        database.CompactAsync(SqlErasureSteps.Tables, cancellation);

    /// <inheritdoc />
    public async Task<ErasureLedger?> ExportAsync(CancellationToken cancellation = default)
    {
        if (await FindKeyAsync(cancellation) is not { } key)
        {
            return null;
        }

        var stores = await database.ReadAsync("SELECT DISTINCT store FROM erasures ORDER BY store", row => row.GetString(0));
        var erasures = new SortedDictionary<string, IReadOnlyList<Erasure>>(StringComparer.Ordinal);
        foreach (var store in stores)
        {
            erasures[store] = await ListAsync(new StoreId(store), cancellation);
        }

        return new ErasureLedger(Convert.ToBase64String(key.Secret.Span), erasures);
    }

    /// <inheritdoc />
    public Task<int> ImportAsync(ErasureLedger ledger, CancellationToken cancellation = default) =>
        new SqlErasedAgain(database, this).RunAsync(ledger, cancellation);

    /// <inheritdoc />
    public Task<IReadOnlyList<Erasure>> ListAsync(StoreId store, CancellationToken cancellation = default) => database.ReadAsync(
        Columns + " ORDER BY hash", ErasureOf, ("$store", store.Value));

    /// <inheritdoc />
    public async IAsyncEnumerable<CustomerId> PeopleAsync(
        StoreId store, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        // Who became another is erased with them.
        const string Everybody = "SELECT c.customer FROM customers c WHERE c.store = $store AND NOT EXISTS "
            + "(SELECT 1 FROM identity_links l WHERE l.store = c.store AND l.customer = c.customer) "
            + "UNION ALL SELECT sender FROM held_events WHERE store = $store "
            + "UNION ALL SELECT sender FROM contested_completions WHERE store = $store";
        await using var session = await database.OpenAsync(cancellation);
        await foreach (var customer in session.StreamAsync(
            Everybody, row => CustomerId.Parse(store, row.GetString(0)), ("$store", store.Value)).WithCancellation(cancellation))
        {
            if (customer.Kind != CustomerKind.Erased)
            {
                yield return customer;
            }
        }
    }

    /// <inheritdoc />
    public async Task<IReadOnlyCollection<string>> NamesAsync(CustomerId customer, CancellationToken cancellation = default)
    {
        await using var session = await database.OpenAsync(cancellation);
        var now = await SqlSuccessors.FindAsync(session, customer);
        return [.. (await SqlPerson.ReadAsync(session, now)).ToErased().Names, customer.Id];
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<ToldAudience>> ToldAsync(CustomerId customer, CancellationToken cancellation = default) => database.ReadAsync(
        "SELECT t.subscription, t.since, t.customer, t.audience, t.number FROM audience_told t WHERE t.store = $store AND t.is_in = 1 "
            + "AND (t.customer = $customer OR t.customer IN "
            + "(SELECT l.customer FROM identity_links l WHERE l.store = $store AND l.target = $customer)) "
            + "ORDER BY t.subscription, t.customer, t.audience",
        row => new ToldAudience(
            row.GetString(0), SqlErased.InstantOf(row.GetInt64(1)), CustomerId.Parse(customer.Store, row.GetString(2)), row.GetString(3),
            row.GetInt64(4)),
        ("$store", customer.Store.Value), ("$customer", customer.ToText()));

    private static int SizeFor(int count) => Array.Find(Sizes, s => s >= count);

    private static string SqlFor(int count) =>
        $"{Columns} AND hash IN ({string.Join(", ", Enumerable.Range(0, SizeFor(count)).Select(i => $"$h{i}"))})";

    private static (string, object?)[] Parameters(StoreId store, string[] hashes) =>
    [
        ("$store", store.Value),
        .. Enumerable.Range(0, SizeFor(hashes.Length)).Select(i => ($"$h{i}", (object?)hashes[Math.Min(i, hashes.Length - 1)])),
    ];

    private static Erasure ErasureOf(System.Data.Common.DbDataReader row) => new(
        row.GetString(0), SqlErased.InstantOf(row.GetInt64(1)), SqlErased.InstantOf(row.GetInt64(2)), row.GetInt64(3) == 1);

    // Somebody who has come back has a row, or has become part of somebody.
    private static async ValueTask ClearAsync(ISqlSession session, CustomerId identity)
    {
        (string, object?)[] mine = [("$store", identity.Store.Value), ("$customer", identity.ToText())];
        if (await session.ScalarAsync(
            "SELECT 1 FROM customers WHERE store = $store AND customer = $customer UNION ALL "
                + "SELECT 1 FROM identity_links WHERE store = $store AND customer = $customer", mine) is null)
        {
            await SqlErasureSteps.DeleteAsync(session, identity);
        }

        await session.RunAsync("DELETE FROM erasure_remains WHERE store = $store AND customer = $customer", mine);
    }

    private static async ValueTask RememberAsync(ISqlSession session, ErasureKey key, SqlPerson person, bool suppress, DateTimeOffset at)
    {
        // Orders do not come again; what happened after the erasure, under a clock that is ahead, does not either.
        var store = person.Identities[0].Store;
        var until = person.Latest > at ? person.Latest : at;
        foreach (var name in person.Names())
        {
            var isForGood = name.Kind == ErasedNameKind.Order || (suppress && name.Kind == ErasedNameKind.Identity);
            await RememberAsync(session, store, key.HashOf(store, name), isForGood ? DateTimeOffset.MaxValue : until, at, true);
        }
    }

    /// <summary>Remembers a hash; what is known of it already stays, where it says more.</summary>
    internal static async ValueTask RememberAsync(
        ISqlSession session, StoreId store, string hash, DateTimeOffset until, DateTimeOffset at, bool isErased) => await session.RunAsync(
        "INSERT INTO erasures (store, hash, until, at, is_erased) VALUES ($store, $hash, $until, $at, $erased) "
            + "ON CONFLICT (store, hash) DO UPDATE SET at = excluded.at, "
            + "until = CASE WHEN excluded.until > erasures.until THEN excluded.until ELSE erasures.until END, "
            + "is_erased = CASE WHEN excluded.is_erased > erasures.is_erased THEN excluded.is_erased ELSE erasures.is_erased END",
        ("$store", store.Value), ("$hash", hash), ("$until", SqlErased.Milliseconds(until)), ("$at", at.ToUnixTimeMilliseconds()),
        ("$erased", isErased ? 1L : 0L));

    private static async ValueTask<ErasureKey> MakeKeyAsync(ISqlSession session)
    {
        await session.RunAsync(
            "INSERT INTO erasure_secret (one, secret) VALUES (1, $secret) ON CONFLICT DO NOTHING",
            ("$secret", RandomNumberGenerator.GetBytes(ErasureKey.Length)));
        return (await SqlErased.FindKeyAsync(session))!;
    }
}
