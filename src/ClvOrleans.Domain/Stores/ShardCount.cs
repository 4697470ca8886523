using System.Globalization;
using System.Numerics;

namespace ClvOrleans.Domain.Stores;

/// <summary>
/// How many shards the customers of a store are spread over: a power of two, 64 by default. It is part of the stored rows, so that it is
/// chosen with the store and stays.
/// </summary>
public readonly record struct ShardCount
{
    /// <summary>The fewest.</summary>
    public const int Least = 1;

    /// <summary>
    /// The most. At <see cref="CustomersEach"/> they hold 409,600,000 customers; each is asked to follow its customers every few seconds,
    /// and a first report asks them all.
    /// </summary>
    public const int Most = 4_096;

    /// <summary>The most customers that a shard should have: one silo keeps its sums in memory.</summary>
    public const int CustomersEach = 100_000;

    /// <summary>The most customers that a store can be expected to have.</summary>
    public const int MostCustomers = Most * CustomersEach;

    // Below it nothing is gained: three silos have some each, and a store of ten times the size still works.
    private const int LeastExpected = 8;

    private const int Usual = 64;

    // Kept as what is beyond the usual number, so that the default of this type is that of stores.
    private readonly int _beyond;

    /// <summary>Wraps a number.</summary>
    /// <param name="value">A power of two, <see cref="Least"/> to <see cref="Most"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not one.</exception>
    public ShardCount(int value) => _beyond = value is >= Least and <= Most && BitOperations.IsPow2(value)
        ? value - Usual
        : throw new ArgumentOutOfRangeException(nameof(value), value, $"A store has {Least} to {Most:#,##0} shards, a power of two.");

    /// <summary>That of a store whose size nobody has said: 64.</summary>
    public static ShardCount Default => default;

    /// <summary>The number.</summary>
    public int Value => _beyond + Usual;

    /// <summary>The shards, 0 to <see cref="Value"/> - 1.</summary>
    public IEnumerable<int> All => Enumerable.Range(0, Value);

    /// <summary>
    /// That of a store of an expected size: the least power of two by which a shard has at most <see cref="CustomersEach"/> customers, but
    /// at least 8.
    /// </summary>
    /// <param name="customers">Customers and visitors, 1 to <see cref="MostCustomers"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is outside the range.</exception>
    public static ShardCount For(int customers) => customers is >= 1 and <= MostCustomers
        ? new((int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(LeastExpected, (customers - 1) / CustomersEach + 1)))
        : throw new ArgumentOutOfRangeException(nameof(customers), customers, $"A store has 1 to {MostCustomers:#,##0} customers.");

    /// <inheritdoc />
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
