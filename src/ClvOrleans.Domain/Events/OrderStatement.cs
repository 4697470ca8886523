using ClvOrleans.Domain.Currencies;

namespace ClvOrleans.Domain.Events;

/// <summary>
/// What an export, or the shop itself, says of an order as a whole. Of all statements about an order the last one holds, and which one is
/// the last is decided by what they say, whatever the order in which they came.
/// </summary>
/// <param name="At">When the order changed last: the shop says so, and an export as far as the latest of its times tells.</param>
/// <param name="Standing">What the order is.</param>
/// <param name="Refunded">All that was paid back of its value until then.</param>
/// <param name="ImportedAt">
/// When the export was imported, or the shop said it: refunds after it are not in <paramref name="Refunded"/>.
/// </param>
public sealed record OrderStatement(DateTimeOffset At, OrderStanding Standing, Money Refunded, DateTimeOffset ImportedAt)
{
    /// <summary>
    /// Whether this statement is the earlier one: by its time. Where that is the same: an order is unpaid before it is paid, and paid
    /// before it is cancelled or paid back; what was paid back grows; and of what is left, the later import holds.
    /// </summary>
    public bool IsBefore(OrderStatement other)
    {
        var order = At.CompareTo(other.At);
        order = order != 0 ? order : Stage.CompareTo(other.Stage);
        order = order != 0 ? order : Refunded.CompareTo(other.Refunded);
        return (order != 0 ? order : ImportedAt.CompareTo(other.ImportedAt)) < 0;
    }

    private int Stage => Standing switch { OrderStanding.Unpaid => 0, OrderStanding.Paid => 1, _ => 2 };
}
