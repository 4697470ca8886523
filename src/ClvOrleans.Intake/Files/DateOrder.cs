namespace ClvOrleans.Intake.Files;

/// <summary>In which order a file writes year, month and day. Dates that begin with the year are read in any case.</summary>
public enum DateOrder
{
    /// <summary>2024-01-31 and 2024/01/31; no others are read.</summary>
    Ymd,

    /// <summary>31/01/2024 and 31-01-2024.</summary>
    Dmy,

    /// <summary>01/31/2024 and 01-31-2024.</summary>
    Mdy,
}
