using ClvOrleans.Domain.Customers;
using ClvOrleans.Statistics.Preprocessing;
using ClvOrleans.Valuation.Ensemble;

namespace ClvOrleans.Training.Learning;

/// <summary>Customers to learn from: what was known of each on a day, and the value that came after it.</summary>
/// <param name="Features">Rows of the features of the catalogue, one after the other; not a number stands for what is not known.</param>
/// <param name="Customers">What they were made of, and the day.</param>
/// <param name="Values">The value of each, at least 0.</param>
internal sealed record LearningRows(double[] Features, (CustomerSummary Customer, DateOnly AsOf)[] Customers, double[] Values)
{
    /// <summary>Number of features.</summary>
    public int Width => Features.Length / Values.Length;

    /// <summary>Number of rows.</summary>
    public int Count => Values.Length;

    /// <summary>The features of a row.</summary>
    public ReadOnlySpan<double> FeaturesOf(int i) => Features.AsSpan(i * Width, Width);

    /// <summary>A row as learned models read it.</summary>
    public FeatureRow this[int i] => new(FeaturesOf(i), Customers[i].Customer, Customers[i].AsOf);

    /// <summary>The features of all rows, prepared, one row after the other.</summary>
    public double[] Prepared(Preprocessor preprocessor)
    {
        var prepared = new double[Count * preprocessor.Width];
        for (var i = 0; i < Count; i++)
        {
            preprocessor.Apply(FeaturesOf(i), prepared.AsSpan(i * preprocessor.Width, preprocessor.Width));
        }

        return prepared;
    }

    /// <summary>Some of the rows.</summary>
    public LearningRows Only(IReadOnlyList<int> rows)
    {
        var features = new double[rows.Count * Width];
        for (var i = 0; i < rows.Count; i++)
        {
            FeaturesOf(rows[i]).CopyTo(features.AsSpan(i * Width));
        }

        return new LearningRows(features, [.. rows.Select(i => Customers[i])], [.. rows.Select(i => Values[i])]);
    }
}
