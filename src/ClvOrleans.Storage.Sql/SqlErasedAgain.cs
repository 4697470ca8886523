using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Privacy;

namespace ClvOrleans.Storage.Sql;

/// <summary>Takes over what is remembered of erasures, and finds who is here of those.</summary>
internal sealed class SqlErasedAgain(ISqlDatabase database, IErasures erasures)
{
    public async Task<int> RunAsync(ErasureLedger ledger, CancellationToken cancellation)
    {
        var key = new ErasureKey(Convert.FromBase64String(ledger.Secret));
        await database.WriteAsync("erasures", async session =>
        {
            await session.RunAsync(
                "INSERT INTO erasure_secret (one, secret) VALUES (1, $secret) ON CONFLICT DO NOTHING", ("$secret", key.Secret.ToArray()));
            if ((await SqlErased.FindKeyAsync(session))!.Secret.Span.SequenceEqual(key.Secret.Span) is false)
            {
                throw new InvalidOperationException("The erasures are of another installation: their hashes mean nothing here.");
            }

            foreach (var (store, remembered) in ledger.Erasures)
            {
                foreach (var erasure in remembered)
                {
                    await SqlErasures.RememberAsync(
                        session, new StoreId(store), erasure.Hash, erasure.Until, erasure.At, erasure.IsErased);
                }
            }
        });

        var erased = 0;
        foreach (var (store, remembered) in ledger.Erasures)
        {
            erased += await EraseAsync(new StoreId(store), key, remembered, cancellation);
        }

        if (erased > 0)
        {
            await database.ForgetSnapshotsAsync(cancellation);
        }

        return erased;
    }

    private async Task<int> EraseAsync(
        StoreId store, ErasureKey key, IReadOnlyList<Erasure> remembered, CancellationToken cancellation)
    {
        var byHash = remembered.Where(e => e.IsErased).ToDictionary(e => e.Hash, StringComparer.Ordinal);
        var (found, names) = (new Dictionary<CustomerId, Erasure>(), new HashSet<string>(StringComparer.Ordinal));
        await foreach (var customer in erasures.PeopleAsync(store, cancellation))
        {
            if (byHash.TryGetValue(key.HashOf(store, ErasedName.Of(customer)), out var erasure))
            {
                found[customer] = erasure;
            }
        }

        var erased = 0;
        foreach (var (customer, erasure) in found)
        {
            cancellation.ThrowIfCancellationRequested();
            if (await IsFromBeforeAsync(customer, erasure))
            {
                names.UnionWith((await erasures.EraseAsync(
                    customer, erasure.Until == DateTimeOffset.MaxValue, erasure.At, [], cancellation)).Names);
                erased++;
            }
        }

        await erasures.ForgetAsync(store, names, cancellation);
        await erasures.ClearAsync(store, DateTimeOffset.MaxValue, cancellation);
        return erased;
    }

    // An identity that became another goes with that one; who came back after the erasure has later events only.
    private async Task<bool> IsFromBeforeAsync(CustomerId customer, Erasure erasure)
    {
        (string, object?)[] mine = [("$store", customer.Store.Value), ("$customer", customer.ToText())];
        await using var session = await database.OpenAsync();
        return await SqlSuccessors.FindAsync(session, customer) == customer
            && (await session.ScalarAsync(
                    "SELECT 1 FROM events WHERE store = $store AND customer = $customer AND at <= $at LIMIT 1",
                    [.. mine, ("$at", erasure.At.ToUnixTimeMilliseconds())]) is not null
                || (await session.ReadAsync(
                    "SELECT payload FROM held_events WHERE store = $store AND sender = $customer "
                        + "UNION ALL SELECT payload FROM contested_completions WHERE store = $store AND sender = $customer",
                    row => EventPayload.Read(row, 0).At, mine)).Any(at => at <= erasure.At));
    }
}
