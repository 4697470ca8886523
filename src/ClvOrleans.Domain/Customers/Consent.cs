namespace ClvOrleans.Domain.Customers;

/// <summary>The customer's last word on one purpose.</summary>
/// <param name="IsGranted">Whether they consent.</param>
/// <param name="At">When they said so.</param>
public sealed record Consent(bool IsGranted, DateTimeOffset At)
{
    /// <summary>Which of two words holds: the later one; at one instant the refusal.</summary>
    public static Consent Last(Consent? a, Consent b) =>
        a is null || a.At < b.At || (a.At == b.At && !b.IsGranted) ? b : a;
}
