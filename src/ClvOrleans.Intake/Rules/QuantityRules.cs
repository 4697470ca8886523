namespace ClvOrleans.Intake.Rules;

/// <summary>Numbers of units.</summary>
public static class QuantityRules
{
    /// <summary>The greatest quantity of a line.</summary>
    public const int Greatest = 1_000_000;

    /// <summary>
    /// A quantity from 0 to <see cref="Greatest"/>, parts of a unit included. <paramref name="refusal"/> says why it is none.
    /// </summary>
    /// <param name="text">What was sent; missing text is for the door to judge, and usually means 1.</param>
    /// <param name="form">How numbers are written there.</param>
    /// <param name="field">The field or column, for the message.</param>
    /// <param name="refusal">Null where it can be read.</param>
    public static decimal Read(string text, NumberForm form, string field, out Refusal? refusal)
    {
        var isNumber = AmountRules.TryRead(text, form, out var quantity);
        refusal = !isNumber ? AmountRules.NotANumber(RuleCodes.InvalidQuantity, field, text)
            : quantity is < 0 or > Greatest ? new Refusal(
                RuleCodes.InvalidQuantity, $"{field} is negative or too large to be a number of units.")
            : null;
        return quantity;
    }

    /// <summary>
    /// Whole units: a part of a unit (half a kilogram) counts as one, since units say how many were bought, and the price what they are
    /// worth.
    /// </summary>
    public static int Units(decimal quantity) => (int)decimal.Ceiling(quantity);
}
