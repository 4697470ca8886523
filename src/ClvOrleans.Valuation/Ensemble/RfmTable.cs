using System.Collections.Immutable;
using ClvOrleans.Valuation.Explanations;
using ClvOrleans.Valuation.Features;

namespace ClvOrleans.Valuation.Ensemble;

/// <summary>
/// Recency, frequency and money in parts (Hughes 1994): the value of a customer is that of those with the same sum of scores.
/// </summary>
/// <param name="Bounds">Where the parts of each of the three begin, in rising order.</param>
/// <param name="Means">The value of each sum of scores, the least first.</param>
public sealed record RfmTable(ImmutableArray<ImmutableArray<double>> Bounds, ImmutableArray<double> Means) : ILearned
{
    /// <summary>The features that are scored.</summary>
    public static ImmutableArray<int> Columns { get; } = [
        .. new[] { "recency", "purchaseDays", "meanValue" }.Select(FeatureCatalogue.IndexOf)
    ];

    /// <summary>The sum of scores of a row, from 0. The score of recency is the higher the fewer days.</summary>
    public static int CellOf(ImmutableArray<ImmutableArray<double>> bounds, ReadOnlySpan<double> features)
    {
        var cell = bounds[0].Length;
        for (var k = 0; k < bounds.Length; k++)
        {
            var part = 0;
            foreach (var bound in bounds[k])
            {
                part += features[Columns[k]] >= bound ? 1 : 0;
            }

            cell += k == 0 ? -part : part;
        }

        return cell;
    }

    /// <inheritdoc />
    public double Predict(in FeatureRow row) => Means[CellOf(Bounds, row.Features)];

    /// <inheritdoc />
    public double Explain(in FeatureRow row, ReadOnlySpan<double> middle, Span<double> shares)
    {
        var (features, from) = (row.Features.ToArray(), middle.ToArray());
        var parts = ShapleyValues.Of(Bounds.Length, set =>
        {
            var mixed = (double[])from.Clone();
            for (var k = 0; k < Bounds.Length; k++)
            {
                mixed[Columns[k]] = (set & (1 << k)) != 0 ? features[Columns[k]] : from[Columns[k]];
            }

            return Means[CellOf(Bounds, mixed)];
        });
        for (var k = 0; k < parts.Length; k++)
        {
            shares[Columns[k]] = parts[k];
        }

        return Means[CellOf(Bounds, middle)];
    }
}
