namespace ClvOrleans.Statistics.Preprocessing;

/// <summary>To what range a column is brought.</summary>
public enum ScaleRule
{
    /// <summary>It is left as it is.</summary>
    Keep,

    /// <summary>Mean 0, standard deviation 1.</summary>
    Standardise,

    /// <summary>From 0 to 1.</summary>
    MinMax,
}
