using System.Text.Json.Serialization;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Events;

namespace ClvOrleans.Domain.Customers;

/// <summary>
/// All that a customer's events say of one order, in a form that no order of arrival changes: the earliest completion, the latest
/// update, the earliest cancellation and every refund.
/// </summary>
public sealed class Order
{
    /// <summary>The earliest completion; null while only updates, refunds or cancellations are known.</summary>
    public OrderVersion? Completed { get; set; }

    /// <summary>The latest update.</summary>
    public OrderVersion? Updated { get; set; }

    /// <summary>The earliest cancellation.</summary>
    public DateTimeOffset? CancelledAt { get; set; }

    /// <summary>Refunds by event; null is a refund of all.</summary>
    public SortedDictionary<EventKey, Money?> Refunds { get; set; } = [];

    /// <summary>The version that gives value and products: the latest update that is not older than the completion, else the completion.</summary>
    [JsonIgnore]
    public OrderVersion? Current =>
        Completed is not null && Updated?.Value is not null && Updated.At >= Completed.At ? Updated : Completed;

    /// <summary>Value before refunds; zero until completed and once cancelled.</summary>
    [JsonIgnore]
    public Money Gross => CancelledAt is null ? Current?.Value ?? Money.Zero : Money.Zero;

    /// <summary>What was taken back, at most <see cref="Gross"/>.</summary>
    [JsonIgnore]
    public Money Refunded
    {
        get
        {
            var sum = Money.Zero;
            foreach (var refund in Refunds.Values)
            {
                sum = Money.Min(Gross, sum + Money.Min(Gross, refund ?? Gross));
            }

            return sum;
        }
    }

    /// <summary>Value after refunds.</summary>
    [JsonIgnore]
    public Money Net => Gross - Refunded;

    /// <summary>Whether it counts as a purchase: completed, not cancelled, not refunded in full. A free order counts.</summary>
    [JsonIgnore]
    public bool IsPurchase => Completed is not null && CancelledAt is null
        && !Refunds.ContainsValue(null) && (Gross == Money.Zero || Net > Money.Zero);

    /// <summary>What the shop keeps: net value less cost where the order names its cost, else the store's share of the net value.</summary>
    public Money MarginAt(int marginBasisPoints) =>
        Gross > Money.Zero && Current?.Cost is { } cost ? Net - cost : Net.Share(marginBasisPoints);
}
