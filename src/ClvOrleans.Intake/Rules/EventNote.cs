namespace ClvOrleans.Intake.Rules;

/// <summary>Something in an event that was read otherwise than it was sent, or left out; the event counts.</summary>
/// <param name="Code">A word.</param>
/// <param name="Message">A sentence that names the field.</param>
public sealed record EventNote(string Code, string Message);
