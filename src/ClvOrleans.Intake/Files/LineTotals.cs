namespace ClvOrleans.Intake.Files;

/// <summary>What the column of totals means where an order has several lines.</summary>
public enum LineTotals
{
    /// <summary>The order's total, repeated or on its first line only.</summary>
    Order,

    /// <summary>The line's own total: an order is worth the sum of its lines.</summary>
    Line,
}
