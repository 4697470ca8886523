namespace ClvOrleans.Valuation.Watches;

/// <summary>Which way a value moves.</summary>
public enum ValueDirection
{
    /// <summary>It grows: measured from the least value since the last notice.</summary>
    Up,

    /// <summary>It falls: measured from the greatest value since the last notice.</summary>
    Down,

    /// <summary>Either: measured from the value of the last notice.</summary>
    Either,
}
