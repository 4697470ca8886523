namespace ClvOrleans.Intake.Rules;

/// <summary>
/// In which order year, month and day are written. Dates that begin with the year, and those with a month's name, are read in any case.
/// </summary>
public enum DateOrder
{
    /// <summary>2024-01-31 and 2024/01/31; no others are read.</summary>
    Ymd,

    /// <summary>31/01/2024 and 31-01-2024.</summary>
    Dmy,

    /// <summary>01/31/2024 and 01-31-2024.</summary>
    Mdy,
}
