namespace ClvOrleans.Intake.Files;

/// <summary>What stands before the decimals of a file's numbers; the other sign, an apostrophe or a blank parts thousands.</summary>
public enum DecimalSign
{
    /// <summary>1,234.50.</summary>
    Point,

    /// <summary>1.234,50.</summary>
    Comma,
}
