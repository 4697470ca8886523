using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Tests;

/// <summary>The shards of a store whose size nobody has said.</summary>
internal static class UsualShards
{
    /// <summary>How many there are.</summary>
    public const int Count = 64;

    extension(CustomerId customer)
    {
        /// <summary>The customer's shard in such a store.</summary>
        public int Shard => customer.ShardIn(ShardCount.Default);
    }
}
