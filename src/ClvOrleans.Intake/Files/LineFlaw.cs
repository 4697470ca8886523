namespace ClvOrleans.Intake.Files;

/// <summary>What can be wrong with a line before anything is read from it.</summary>
public enum LineFlaw
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It is longer than <see cref="TextLines.Longest"/>; the rest of it was passed over.</summary>
    TooLong,

    /// <summary>The compressed file is truncated within it.</summary>
    Cut,

    /// <summary>CSV: a quoted field does not end, or a quote stands within an unquoted one.</summary>
    BadQuotes,
}
