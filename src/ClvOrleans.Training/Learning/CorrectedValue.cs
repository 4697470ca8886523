using ClvOrleans.Model.Features;
using ClvOrleans.Model.Preprocessing;

namespace ClvOrleans.Training.Learning;

/// <summary>
/// The buy-till-you-die model's expected value, corrected: its logarithm is the offset of a Tweedie regression on all features, whose
/// penalty pulls to no correction at all. With few customers it is nearly that model, with many it goes its own way.
/// </summary>
internal sealed class CorrectedValue : ILearner
{
    private const double Power = 1.7;
    private const double Ridge = 1_000;

    // One correction in so many is cut to the next: beyond what has been seen, a straight line is a guess.
    private const int Tail = 100;
    private static readonly string[] Names = [.. FeatureCatalogue.All.Select(f => f.Name)];
    private static readonly ColumnRule[] Rules = [.. FeatureCatalogue.All.Select(f => new ColumnRule
    {
        Logarithm = f.Shape == FeatureShape.Tail,
        Outlier = OutlierRule.ZScore,
        Outliers = 4,
        Missing = MissingRule.Indicator,
        Scale = ScaleRule.Standardise,
    })];

    private static readonly int Offset = FeatureCatalogue.IndexOf("expectedValue");

    public string Name => "corrected-btyd";

    public ILearned Fit(double[] rows, double[] values, int seed)
    {
        var preprocessor = Preprocessor.Fit(Names, Rules, rows);
        var (width, scale) = (preprocessor.Width, values.Average());
        var x = new double[values.Length * width];
        var offset = new double[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var row = rows.AsSpan(i * Names.Length, Names.Length);
            preprocessor.Apply(row, x.AsSpan(i * width, width));
            offset[i] = OffsetOf(row, scale);
        }

        var theta = TweedieRegression.Fit(x, width, [.. values.Select(v => v / scale)], offset, Power, Ridge);
        var corrections = Enumerable.Range(0, values.Length).Select(i => Correction(theta, x.AsSpan(i * width, width))).Order().ToArray();
        var tail = corrections.Length / Tail;
        return new Learned(preprocessor, theta, scale, corrections[tail], corrections[^(tail + 1)]);
    }

    private static double Correction(double[] theta, ReadOnlySpan<double> prepared)
    {
        var sum = theta[0];
        for (var j = 0; j < prepared.Length; j++)
        {
            sum += theta[j + 1] * prepared[j];
        }

        return sum;
    }

    private static double OffsetOf(ReadOnlySpan<double> row, double scale) => Math.Log(Math.Max(1e-4, row[Offset] / scale));

    private sealed class Learned(Preprocessor preprocessor, double[] theta, double scale, double least, double most) : ILearned
    {
        public double Predict(ReadOnlySpan<double> row)
        {
            Span<double> prepared = stackalloc double[preprocessor.Width];
            preprocessor.Apply(row, prepared);

            // The regression holds its predictor to the same range.
            return scale * Math.Exp(Math.Clamp(OffsetOf(row, scale) + Math.Clamp(Correction(theta, prepared), least, most), -20, 20));
        }
    }
}
