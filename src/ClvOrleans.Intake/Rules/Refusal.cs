namespace ClvOrleans.Intake.Rules;

/// <summary>Why a value cannot count. Every door gives the same reason for the same value.</summary>
/// <param name="Code">The reason, one of <see cref="RuleCodes"/>.</param>
/// <param name="Message">A sentence that begins with the field or column.</param>
public sealed record Refusal(string Code, string Message)
{
    internal const int ShownLength = 40;

    /// <summary>The same as an exception.</summary>
    public RefusedException ToException() => new(Code, Message);

    /// <summary>What was sent, as far as a message shows it.</summary>
    internal static string Shown(string text) => text.Length <= ShownLength ? text : text[..ShownLength] + "...";
}
