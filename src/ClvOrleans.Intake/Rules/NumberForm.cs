namespace ClvOrleans.Intake.Rules;

/// <summary>How numbers are written where they come from.</summary>
public enum NumberForm
{
    /// <summary>A decimal point and nothing between thousands, as in JSON: 1234.50.</summary>
    Plain,

    /// <summary>A decimal point; commas, blanks or apostrophes may stand between thousands: 1,234.50.</summary>
    Point,

    /// <summary>A decimal comma; points, blanks or apostrophes may stand between thousands: 1.234,50.</summary>
    Comma,
}
