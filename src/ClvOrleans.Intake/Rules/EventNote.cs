namespace ClvOrleans.Intake.Rules;

/// <summary>Something in an event or a line that was read otherwise than it was sent, or left out; the event counts.</summary>
/// <param name="Code">A word.</param>
/// <param name="Message">A sentence that names the field or column.</param>
public sealed record EventNote(string Code, string Message)
{
    /// <summary>The note of a value that decides nothing, and was left out since it cannot be read.</summary>
    public static EventNote LeftOut(Refusal refusal) =>
        new(refusal.Code == RuleCodes.InvalidMoney ? "amount_ignored" : refusal.Code, refusal.Message);
}
