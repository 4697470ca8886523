using ClvOrleans.Domain.Currencies;

namespace ClvOrleans.Domain.Customers;

/// <summary>How an order was when the shop stated it.</summary>
/// <param name="Version">What was stated of it, and when.</param>
/// <param name="Counts">False where the shop says that it is cancelled, not paid, or gone.</param>
/// <param name="Refunded">What had been taken back in all; null where the shop does not say.</param>
public sealed record OrderStatement(OrderVersion Version, bool Counts, Money? Refunded)
{
    /// <summary>
    /// Whether this statement is the earlier one. Shops state times in seconds, and an order is paid or refunded in the second in which it was
    /// placed: of one instant the statement that counts is the later one, then the one of the greater refund, then the greater key.
    /// </summary>
    public bool IsBefore(OrderStatement? other)
    {
        if (other is null)
        {
            return false;
        }

        var byTime = Version.At.CompareTo(other.Version.At);
        byTime = byTime != 0 ? byTime : Counts.CompareTo(other.Counts);
        byTime = byTime != 0 ? byTime : (Refunded ?? Money.Zero).CompareTo(other.Refunded ?? Money.Zero);
        return byTime < 0 || (byTime == 0 && Version.Key < other.Version.Key);
    }
}
