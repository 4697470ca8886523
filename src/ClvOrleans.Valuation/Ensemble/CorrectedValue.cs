using ClvOrleans.Statistics.Preprocessing;
using ClvOrleans.Valuation.Explanations;
using ClvOrleans.Valuation.Features;

namespace ClvOrleans.Valuation.Ensemble;

/// <summary>The buy-till-you-die model's expected value times a correction, whose logarithm is linear in the prepared features.</summary>
/// <param name="Preprocessor">Prepares the features.</param>
/// <param name="Correction">The logarithm of the correction.</param>
/// <param name="Scale">The mean value of those who were learned from.</param>
/// <param name="Least">The least logarithm of a correction.</param>
/// <param name="Most">The greatest.</param>
public sealed record CorrectedValue(Preprocessor Preprocessor, LinearModel Correction, double Scale, double Least, double Most) : ILearned
{
    private const double LeastShare = 1e-4;
    private const double Reach = 20;
    private static readonly int Column = FeatureCatalogue.IndexOf("expectedValue");

    /// <summary>The logarithm of the expected value in units of a scale: what the correction is added to.</summary>
    public static double OffsetOf(ReadOnlySpan<double> features, double scale) => Math.Log(Math.Max(LeastShare, features[Column] / scale));

    /// <inheritdoc />
    public double Predict(in FeatureRow row)
    {
        Span<double> prepared = stackalloc double[Preprocessor.Width];
        Preprocessor.Apply(row.Features, prepared);
        return ValueOf(OffsetOf(row.Features, Scale) + Bounded(Correction.Predict(prepared)));
    }

    /// <inheritdoc />
    public double Explain(in FeatureRow row, ReadOnlySpan<double> middle, Span<double> shares)
    {
        // The logarithm of the value is a sum of the offset and the bounded correction.
        var (to, from) = Preprocessor.Explain(Correction, row.Features, middle, shares);
        Propagation.Rescale(shares, Bounded(to) - Bounded(from), to > Least && to < Most ? 1 : 0);
        var (offset, offsetFrom) = (OffsetOf(row.Features, Scale), OffsetOf(middle, Scale));
        shares[Column] += offset - offsetFrom;
        var (value, baseline) = (ValueOf(offset + Bounded(to)), ValueOf(offsetFrom + Bounded(from)));
        Propagation.Rescale(shares, value - baseline, value);
        return baseline;
    }

    private double Bounded(double correction) => Math.Clamp(correction, Least, Most);

    // The regression held its predictor to the same range.
    private double ValueOf(double logarithm) => Scale * Math.Exp(Math.Clamp(logarithm, -Reach, Reach));
}
