namespace ClvOrleans.Reports.Tables;

/// <summary>What the cells of a column are; any may be null.</summary>
public enum ColumnKind
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>A day.</summary>
    Day,

    /// <summary>A whole number.</summary>
    Count,

    /// <summary>An amount in the store's currency.</summary>
    Amount,

    /// <summary>A number that may have fractions.</summary>
    Number,

    /// <summary>Yes or no.</summary>
    Flag,
}
