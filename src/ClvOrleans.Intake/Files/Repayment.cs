using ClvOrleans.Domain.Events;

namespace ClvOrleans.Intake.Files;

/// <summary>What an order is now, and what of its value was paid back, in the file's currency.</summary>
/// <param name="Standing">What it is.</param>
/// <param name="Refunded">What was paid back of <c>value</c>; all of it where the standing says so.</param>
internal readonly record struct Repayment(OrderStanding Standing, decimal Refunded)
{
    /// <summary>Puts a status and an amount that was paid back together.</summary>
    /// <param name="meaning">What the status says; null where the file has none.</param>
    /// <param name="value">The order's value.</param>
    /// <param name="refunded">What was paid back of it.</param>
    public static Repayment Of(StatusMeaning? meaning, decimal value, decimal refunded) => meaning switch
    {
        StatusMeaning.Unpaid => new Repayment(OrderStanding.Unpaid, refunded),
        StatusMeaning.Cancelled => new Repayment(OrderStanding.Cancelled, refunded),
        StatusMeaning.Refunded => new Repayment(OrderStanding.Refunded, value),
        StatusMeaning.Closed when refunded <= 0 || refunded >= value => new Repayment(OrderStanding.Refunded, value),
        StatusMeaning.PartlyRefunded when value > 0 => new Repayment(OrderStanding.Paid, Math.Min(refunded, value)),
        _ when refunded > 0 && refunded >= value => new Repayment(OrderStanding.Refunded, value),
        _ => new Repayment(OrderStanding.Paid, refunded),
    };
}
