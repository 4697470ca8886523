using ClvOrleans.Statistics.Preprocessing;
using ClvOrleans.Valuation.Ensemble;
using ClvOrleans.Valuation.Features;

namespace ClvOrleans.Training.Learning;

/// <summary>
/// The buy-till-you-die model's expected value, corrected: its logarithm is the offset of a Tweedie regression on all features, whose
/// penalty pulls to no correction at all. With few customers it is nearly that model, with many it goes its own way.
/// </summary>
internal sealed class CorrectedRegression : ILearner
{
    private const double Power = 1.7;
    private const double Ridge = 1_000;

    // One correction in so many is limited to the next: beyond what has been seen, a straight line is a guess.
    private const int Tail = 100;
    private static readonly ColumnRule[] Rules = [.. FeatureCatalogue.All.Select(f => CatalogueRules.Of(f, MissingRule.Indicator))];

    public string Name => "corrected-btyd";

    public ILearned Fit(LearningRows rows, int seed, CancellationToken cancellation = default)
    {
        var preprocessor = Preprocessor.Fit(FeatureCatalogue.Names, Rules, rows.Features);
        var (width, scale) = (preprocessor.Width, rows.Values.Average());
        var x = rows.Prepared(preprocessor);
        double[] offset = [.. Enumerable.Range(0, rows.Count).Select(i => CorrectedValue.OffsetOf(rows.FeaturesOf(i), scale))];
        var theta = TweedieRegression.Fit(x, width, [.. rows.Values.Select(v => v / scale)], offset, Power, Ridge);
        var correction = new LinearModel(theta[0], [.. theta[1..]]);
        var corrections = Enumerable.Range(0, rows.Count).Select(i => correction.Predict(x.AsSpan(i * width, width))).Order().ToArray();
        var tail = corrections.Length / Tail;
        return new CorrectedValue(preprocessor, correction, scale, corrections[tail], corrections[^(tail + 1)]);
    }
}
