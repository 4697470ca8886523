namespace ClvOrleans.Domain.Customers;

/// <summary>What was last said of a customer and a list.</summary>
/// <param name="IsOn">Whether the customer is on it.</param>
/// <param name="At">Since when.</param>
public sealed record ListStay(bool IsOn, DateTimeOffset At)
{
    /// <summary>Which of two holds: the later one; at one instant that the customer has left.</summary>
    public static ListStay Last(ListStay? a, ListStay b) => a is null || a.At < b.At || (a.At == b.At && !b.IsOn) ? b : a;
}
