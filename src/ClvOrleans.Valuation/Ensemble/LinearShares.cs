using ClvOrleans.Statistics.Preprocessing;

namespace ClvOrleans.Valuation.Ensemble;

/// <summary>Shares of prepared features in a linear score: exact.</summary>
internal static class LinearShares
{
    /// <summary>Adds what each feature adds to the score: its weight times the difference, with that of its indicator.</summary>
    /// <param name="preprocessor">Prepares the features.</param>
    /// <param name="model">The score.</param>
    /// <param name="row">The customer's features.</param>
    /// <param name="middle">Those of a median customer.</param>
    /// <param name="shares">A share a feature.</param>
    /// <returns>Both scores.</returns>
    public static (double To, double From) Explain(
        this Preprocessor preprocessor, LinearModel model, ReadOnlySpan<double> row, ReadOnlySpan<double> middle, Span<double> shares)
    {
        Span<double> to = stackalloc double[preprocessor.Width];
        Span<double> from = stackalloc double[preprocessor.Width];
        preprocessor.Apply(row, to);
        preprocessor.Apply(middle, from);
        for (var j = 0; j < to.Length; j++)
        {
            shares[preprocessor.FeatureOf(j)] += model.Weights[j] * (to[j] - from[j]);
        }

        return (model.Predict(to), model.Predict(from));
    }
}
