namespace ClvOrleans.Valuation.Ensemble;

/// <summary>Rows as trees read them.</summary>
public static class TreeRow
{
    private const float Unknown = -1;

    /// <summary>What is not known gets a place of its own: no feature that may be unknown is negative.</summary>
    /// <param name="features">Features; NaN where it is unknown.</param>
    /// <param name="row">Room for as many.</param>
    public static void Write(ReadOnlySpan<double> features, Span<float> row)
    {
        for (var j = 0; j < features.Length; j++)
        {
            row[j] = double.IsFinite(features[j]) ? (float)features[j] : Unknown;
        }
    }
}
