namespace ClvOrleans.Statistics.Preprocessing;

/// <summary>What stands in for a number that is not known.</summary>
public enum MissingRule
{
    /// <summary>It stays unknown: trees choose a side for it.</summary>
    Keep,

    /// <summary>The mean of the known ones.</summary>
    Mean,

    /// <summary>The median of the known ones.</summary>
    Median,

    /// <summary>The mean, and a column more that is 1 where it stood in and 0 elsewhere.</summary>
    Indicator,

    /// <summary>
    /// The straight line between the known neighbours of the same row, for columns that are a series in time, such as weeks; the nearest
    /// one at the ends; the mean where the whole series is unknown.
    /// </summary>
    Interpolation,
}
