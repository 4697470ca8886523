namespace ClvOrleans.Intake.Files;

/// <summary>A line of a file.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Text">What stands on it, up to <see cref="TextLines.Longest"/> characters.</param>
/// <param name="End">What ends it: line feed, carriage return or both; empty for a last line without.</param>
/// <param name="Flaw">What is wrong with it.</param>
public readonly record struct TextLine(long Number, string Text, string End, LineFlaw Flaw)
{
    /// <summary>Whether there is nothing on it.</summary>
    public bool IsBlank => string.IsNullOrWhiteSpace(Text);
}
