using System.Runtime.CompilerServices;
using ClvOrleans.Domain.Events;

namespace ClvOrleans.Domain.Customers;

/// <summary>
/// How often each kind of event that models count happened. A value of a fixed size, so that weeks of it lie in one array.
/// </summary>
[InlineArray(Length)]
public struct KindCounts : IEquatable<KindCounts>
{
    /// <summary>Number of kinds that are counted.</summary>
    public const int Length = 14;

    // Stored weeks hold counts in this order: new kinds go to the end.
    private static readonly EventKind[] Order =
    [
        EventKind.PageViewed, EventKind.ProductViewed, EventKind.ProductListViewed, EventKind.ProductClicked, EventKind.ProductsSearched,
        EventKind.ProductAdded, EventKind.CheckoutStarted, EventKind.PromotionClicked, EventKind.WishlistAdded, EventKind.ProductReviewed,
        EventKind.ProductShared, EventKind.CartShared, EventKind.ScreenViewed, EventKind.WishlistMovedToCart,
    ];

    private static readonly sbyte[] Places =
        [.. Enumerable.Range(0, (int)Enum.GetValues<EventKind>().Max() + 1).Select(kind => (sbyte)Array.IndexOf(Order, (EventKind)kind))];

    private int _first;

    /// <summary>The kinds that are counted.</summary>
    public static ReadOnlySpan<EventKind> Kinds => Order;

    /// <summary>Counts of some kinds; kinds that are not counted are passed over.</summary>
    public static KindCounts Of(IEnumerable<KeyValuePair<EventKind, int>> counts)
    {
        var of = default(KindCounts);
        foreach (var (kind, count) in counts)
        {
            if (Places[(int)kind] is >= 0 and var place)
            {
                of[place] += count;
            }
        }

        return of;
    }

    /// <summary>Events of some kinds; 0 for those that are not counted.</summary>
    public readonly int Sum(params ReadOnlySpan<EventKind> kinds)
    {
        var sum = 0;
        foreach (var kind in kinds)
        {
            sum += Places[(int)kind] is >= 0 and var place ? this[place] : 0;
        }

        return sum;
    }

    /// <inheritdoc />
    public readonly bool Equals(KindCounts other) => ((ReadOnlySpan<int>)this).SequenceEqual(other);

    /// <inheritdoc />
    public override readonly bool Equals(object? obj) => obj is KindCounts other && Equals(other);

    /// <inheritdoc />
    public override readonly int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var count in (ReadOnlySpan<int>)this)
        {
            hash.Add(count);
        }

        return hash.ToHashCode();
    }

    /// <summary>Whether all counts are equal.</summary>
    public static bool operator ==(KindCounts left, KindCounts right) => left.Equals(right);

    /// <summary>Whether a count differs.</summary>
    public static bool operator !=(KindCounts left, KindCounts right) => !left.Equals(right);
}
