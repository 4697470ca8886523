namespace ClvOrleans.Training.Learning;

/// <summary>A row as Microsoft.ML reads it.</summary>
internal sealed class BoostedRow
{
    private const float Unknown = -1;

    /// <summary>Features, all known.</summary>
    public required float[] Features { get; init; }

    /// <summary>The number to learn.</summary>
    public required float Label { get; init; }

    /// <summary>The class to learn: whether there is any of it.</summary>
    public bool Hit => Label > 0;

    /// <summary>Rows of features, one after the other, and their labels.</summary>
    public static List<BoostedRow> Of(double[] rows, double[] labels)
    {
        var width = rows.Length / labels.Length;
        return [.. labels.Select((label, i) =>
        {
            var features = new float[width];
            Write(rows.AsSpan(i * width, width), features);
            return new BoostedRow { Features = features, Label = (float)label };
        })];
    }

    /// <summary>What is not known gets a place of its own: no feature that may be unknown is negative.</summary>
    public static void Write(ReadOnlySpan<double> row, Span<float> features)
    {
        for (var j = 0; j < row.Length; j++)
        {
            features[j] = double.IsFinite(row[j]) ? (float)row[j] : Unknown;
        }
    }
}
