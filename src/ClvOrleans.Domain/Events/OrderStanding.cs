namespace ClvOrleans.Domain.Events;

/// <summary>What a shop says an order is now.</summary>
public enum OrderStanding
{
    /// <summary>Paid, or being processed: it counts, less what was paid back.</summary>
    Paid,

    /// <summary>Not paid yet, failed or on hold: it does not count now.</summary>
    Unpaid,

    /// <summary>Cancelled: it does not count.</summary>
    Cancelled,

    /// <summary>Paid back in full: it does not count.</summary>
    Refunded,
}
