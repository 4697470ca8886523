using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Storage.Sql;

/// <summary>Whom customers have become.</summary>
public static class SqlSuccessors
{
    /// <summary>Who a customer has become; the customer where they are themselves.</summary>
    public static async ValueTask<CustomerId> FindAsync(ISqlSession session, CustomerId customer) => await session.ScalarAsync(
        "SELECT target FROM identity_links WHERE store = $store AND customer = $customer",
        ("$store", customer.Store.Value), ("$customer", customer.ToText())) is string target
        ? CustomerId.Parse(customer.Store, target)
        : customer;

    /// <summary>Writes for whoever customers have become, in one transaction in which they stay that.</summary>
    /// <param name="database">The database.</param>
    /// <param name="customers">The customers.</param>
    /// <param name="write">The statements, with whom each customer has become.</param>
    public static async Task WriteAsync(
        ISqlDatabase database, IReadOnlyCollection<CustomerId> customers,
        Func<ISqlSession, IReadOnlyDictionary<CustomerId, CustomerId>, ValueTask> write)
    {
        Dictionary<CustomerId, CustomerId> known;
        await using (var session = await database.OpenAsync())
        {
            known = await FindAsync(session, customers);
        }

        // The scopes of a customer and of their successor are held: neither can become another. Whoever became another before is looked for
        // again.
        for (var isWritten = false; !isWritten;)
        {
            var held = known;
            await database.WriteAsync([.. held.Keys.Concat(held.Values).Distinct().Select(SqlScope.Of)], async session =>
            {
                known = await FindAsync(session, customers);
                isWritten = known.All(k => held[k.Key] == k.Value);
                if (isWritten)
                {
                    await write(session, known);
                }
            });
        }
    }

    private static async ValueTask<Dictionary<CustomerId, CustomerId>> FindAsync(ISqlSession session, IEnumerable<CustomerId> customers)
    {
        var found = new Dictionary<CustomerId, CustomerId>();
        foreach (var customer in customers.Distinct())
        {
            found[customer] = await FindAsync(session, customer);
        }

        return found;
    }
}
