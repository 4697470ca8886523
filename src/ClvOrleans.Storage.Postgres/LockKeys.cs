using System.IO.Hashing;
using System.Text;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Sql;

namespace ClvOrleans.Storage.Postgres;

/// <summary>
/// Keys of advisory locks, which are held to the end of a transaction. They also lock what has no row yet: a customer without events, an
/// order that nobody has placed. Two names of one key only wait for each other. The keys of a transaction are taken at once and in
/// ascending order, so that no two transactions wait for each other.
/// </summary>
internal static class LockKeys
{
    public static long Of(CustomerId customer) => Of(SqlScope.Of(customer));

    public static long OfOrder(StoreId store, string order) => Of(SqlScope.OfOrder(store, order));

    public static long Of(string name) => unchecked((long)XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(name), 0));

    public static long[] Sorted(IEnumerable<long> keys) => [.. keys.Distinct().Order()];
}
