using System.Text.Json.Serialization;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Events;

namespace ClvOrleans.Domain.Customers;

/// <summary>
/// All that a customer's events say of one order, in a form that no order of arrival changes: the earliest completion, the latest
/// update, the earliest cancellation, every refund, and the last statement of an export.
/// </summary>
public sealed class Order
{
    /// <summary>The earliest completion; null while only updates, refunds or cancellations are known.</summary>
    public OrderVersion? Completed { get; set; }

    /// <summary>The latest update.</summary>
    public OrderVersion? Updated { get; set; }

    /// <summary>The earliest cancellation.</summary>
    public DateTimeOffset? CancelledAt { get; set; }

    /// <summary>The last statement of an export; null where the order came from events only.</summary>
    public StatedOrder? Stated { get; set; }

    /// <summary>Refunds by event.</summary>
    public SortedDictionary<EventKey, OrderRefund> Refunds { get; set; } = [];

    /// <summary>
    /// The version that gives value and products: the latest update that is not older than the completion, else the completion. An export's
    /// statement stands before updates that are older than its import; what it does not say stays as it was.
    /// </summary>
    [JsonIgnore]
    public OrderVersion? Current
    {
        get
        {
            var update = Completed is not null && Updated?.Value is not null && Updated.At >= Completed.At ? Updated : null;
            var current = update ?? Completed;
            return current is null || Stated is not { } stated || update?.At > stated.Statement.ImportedAt ? current : current with
            {
                Value = stated.Version.Value,
                Cost = stated.Version.Cost ?? current.Cost,
                Discount = stated.Version.Discount ?? current.Discount,
                Coupon = stated.Version.Coupon ?? current.Coupon,
                Lines = stated.Version.Lines.IsDefaultOrEmpty ? current.Lines : stated.Version.Lines,
            };
        }
    }

    /// <summary>Value before refunds; zero until completed and paid, and once cancelled.</summary>
    [JsonIgnore]
    public Money Gross => IsCancelled ? Money.Zero : Current?.Value ?? Money.Zero;

    /// <summary>
    /// What was taken back, at most <see cref="Gross"/>: the sum of the refunds, or what an export states and the refunds since.
    /// </summary>
    [JsonIgnore]
    public Money Refunded => Stated?.Statement is not { } statement ? Sum(DateTimeOffset.MinValue, Money.Zero)
        : statement.Standing == OrderStanding.Refunded ? Gross
        : Money.Max(Sum(DateTimeOffset.MinValue, Money.Zero), Sum(statement.ImportedAt, Money.Min(Gross, statement.Refunded)));

    /// <summary>Value after refunds.</summary>
    [JsonIgnore]
    public Money Net => Gross - Refunded;

    /// <summary>Whether anything of it was taken back.</summary>
    [JsonIgnore]
    public bool HasRefund =>
        Refunds.Count > 0 || (Stated?.Statement is { } s && (s.Standing == OrderStanding.Refunded || s.Refunded > Money.Zero));

    /// <summary>Whether it counts as a purchase: completed, paid, not cancelled, not refunded in full. A free order counts.</summary>
    [JsonIgnore]
    public bool IsPurchase => Completed is not null && !IsCancelled && !IsRefundedInFull && (Gross == Money.Zero || Net > Money.Zero);

    private bool IsCancelled => CancelledAt is not null || Stated?.Statement.Standing is OrderStanding.Unpaid or OrderStanding.Cancelled;

    private bool IsRefundedInFull => Stated?.Statement.Standing == OrderStanding.Refunded || Refunds.Values.Any(r => r.Amount is null);

    /// <summary>What the shop keeps: net value less cost where the order names its cost, else the store's share of the net value.</summary>
    public Money MarginAt(int marginBasisPoints) =>
        Gross > Money.Zero && Current?.Cost is { } cost ? Net - cost : Net.Share(marginBasisPoints);

    private Money Sum(DateTimeOffset after, Money start)
    {
        var (sum, gross) = (start, Gross);
        foreach (var refund in Refunds.Values)
        {
            sum = refund.At > after ? Money.Min(gross, sum + Money.Min(gross, refund.Amount ?? gross)) : sum;
        }

        return sum;
    }
}
