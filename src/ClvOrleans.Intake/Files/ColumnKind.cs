namespace ClvOrleans.Intake.Files;

/// <summary>What a column of a format holds, and so how its values are read.</summary>
internal enum ColumnKind
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>The id of a customer, an order or a product.</summary>
    Id,

    /// <summary>An amount of money.</summary>
    Amount,

    /// <summary>A number of units.</summary>
    Units,

    /// <summary>A day or a time.</summary>
    Time,

    /// <summary>The currency of the line's amounts.</summary>
    Currency,

    /// <summary>How far an order is.</summary>
    Status,
}
