namespace ClvOrleans.Statistics.Preprocessing;

/// <summary>Which numbers are too far out. They are pulled in to the bound, never dropped.</summary>
public enum OutlierRule
{
    /// <summary>None.</summary>
    Keep,

    /// <summary>More than <see cref="ColumnRule.Outliers"/> standard deviations from the mean; 3 by default.</summary>
    ZScore,

    /// <summary>
    /// More than <see cref="ColumnRule.Outliers"/> times the range between the quartiles beyond them; 1.5 by default (Tukey's box plot).
    /// </summary>
    Interquartile,

    /// <summary>Among the lowest or highest part <see cref="ColumnRule.Outliers"/>; .01 by default.</summary>
    Winsorise,
}
