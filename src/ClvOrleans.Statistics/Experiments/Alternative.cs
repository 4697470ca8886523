namespace ClvOrleans.Statistics.Experiments;

/// <summary>What would count against "no effect". To be chosen before the data are seen.</summary>
public enum Alternative
{
    /// <summary>An effect in either direction; the interval has two bounds.</summary>
    TwoSided,

    /// <summary>The treated have more; the interval has a lower bound only.</summary>
    Greater,

    /// <summary>The treated have less; the interval has an upper bound only.</summary>
    Less,
}
