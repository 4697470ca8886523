using System.Text.Json.Serialization;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Events;

namespace ClvOrleans.Domain.Customers;

/// <summary>
/// All that a customer's events say of one order, in a form that no order of arrival changes: the earliest completion, the latest
/// update, the shop's latest statement, the earliest cancellation and every refund.
/// </summary>
public sealed class Order
{
    /// <summary>The earliest completion; null while only updates, refunds or cancellations are known.</summary>
    public OrderVersion? Completed { get; set; }

    /// <summary>The latest update.</summary>
    public OrderVersion? Updated { get; set; }

    /// <summary>The shop's latest statement of how the order is.</summary>
    public OrderStatement? Stated { get; set; }

    /// <summary>The earliest cancellation.</summary>
    public DateTimeOffset? CancelledAt { get; set; }

    /// <summary>Refunds by event.</summary>
    public SortedDictionary<EventKey, OrderRefund> Refunds { get; set; } = [];

    /// <summary>
    /// The version that gives value and products: the latest update that is not older than the completion, or the latest statement if that is
    /// later; else the completion.
    /// </summary>
    [JsonIgnore]
    public OrderVersion? Current
    {
        get
        {
            var updated = Completed is not null && Updated?.Value is not null && Updated.At >= Completed.At ? Updated : Completed;
            return Completed is not null && Stated?.Version is { Value: not null } stated && (updated == Completed || updated!.IsBefore(stated))
                ? stated
                : updated;
        }
    }

    /// <summary>Value before refunds; zero until completed and once cancelled.</summary>
    [JsonIgnore]
    public Money Gross => IsCancelled ? Money.Zero : Current?.Value ?? Money.Zero;

    /// <summary>What was taken back, at most <see cref="Gross"/>: what the shop's latest statement says, and the refunds after it.</summary>
    [JsonIgnore]
    public Money Refunded
    {
        get
        {
            var sum = Money.Min(Gross, Stated?.Refunded ?? Money.Zero);
            foreach (var refund in FurtherRefunds)
            {
                sum = Money.Min(Gross, sum + Money.Min(Gross, refund.Amount ?? Gross));
            }

            return sum;
        }
    }

    /// <summary>Value after refunds.</summary>
    [JsonIgnore]
    public Money Net => Gross - Refunded;

    /// <summary>Whether anything was reported as taken back.</summary>
    [JsonIgnore]
    public bool HasRefund => Stated?.Refunded > Money.Zero || FurtherRefunds.Any();

    /// <summary>Whether it counts as a purchase: completed, not cancelled, not refunded in full. A free order counts.</summary>
    [JsonIgnore]
    public bool IsPurchase => Completed is not null && !IsCancelled
        && !FurtherRefunds.Any(r => r.Amount is null) && (Gross == Money.Zero || Net > Money.Zero);

    private bool IsCancelled => CancelledAt is not null || Stated is { Counts: false };

    // A statement of what was taken back in all includes what was taken back before it.
    private IEnumerable<OrderRefund> FurtherRefunds => Stated is { Refunded: not null, Version.At: var until }
        ? Refunds.Values.Where(r => r.At > until)
        : Refunds.Values;

    /// <summary>What the shop keeps: net value less cost where the order names its cost, else the store's share of the net value.</summary>
    public Money MarginAt(int marginBasisPoints) =>
        Gross > Money.Zero && Current?.Cost is { } cost ? Net - cost : Net.Share(marginBasisPoints);
}
