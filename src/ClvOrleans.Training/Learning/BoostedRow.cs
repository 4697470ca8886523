using ClvOrleans.Valuation.Ensemble;

namespace ClvOrleans.Training.Learning;

/// <summary>A row as Microsoft.ML reads it.</summary>
internal sealed class BoostedRow
{
    /// <summary>Features, all known.</summary>
    public required float[] Features { get; init; }

    /// <summary>The number to learn.</summary>
    public required float Label { get; init; }

    /// <summary>The class to learn: whether there is any of it.</summary>
    public bool Hit => Label > 0;

    /// <summary>Rows and their labels.</summary>
    public static List<BoostedRow> Of(LearningRows rows, double[] labels) => [.. labels.Select((label, i) =>
    {
        var features = new float[rows.Width];
        TreeRow.Write(rows.FeaturesOf(i), features);
        return new BoostedRow { Features = features, Label = (float)label };
    })];
}
