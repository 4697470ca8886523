namespace ClvOrleans.Statistics.Preprocessing;

/// <summary>How a column is to be prepared. In this order: logarithm, outliers, missing numbers, scale.</summary>
public sealed record ColumnRule
{
    /// <summary>Takes sign(x) ln(1 + |x| / <see cref="LogarithmUnit"/>) first. Default no.</summary>
    public bool Logarithm { get; init; }

    /// <summary>The unit of the logarithm, positive: what is much smaller changes it little. Null for 1.</summary>
    public double? LogarithmUnit { get; init; }

    /// <summary>Outliers. Default kept.</summary>
    public OutlierRule Outlier { get; init; }

    /// <summary>How far out an outlier is, in the unit of its rule, positive; null for the rule's default.</summary>
    public double? Outliers { get; init; }

    /// <summary>Missing numbers. Default kept.</summary>
    public MissingRule Missing { get; init; }

    /// <summary>Scale. Default kept.</summary>
    public ScaleRule Scale { get; init; }
}
