using ClvOrleans.Statistics.Preprocessing;
using ClvOrleans.Valuation.Ensemble;
using ClvOrleans.Valuation.Features;
using MathNet.Numerics.LinearAlgebra;

namespace ClvOrleans.Training.Learning;

/// <summary>
/// The article's y = Xθ on standardised features, by least squares (Hoerl and Kennard 1970 with a penalty). The ordinary one has only the
/// penalty that keeps constant and collinear columns from having no solution.
/// </summary>
/// <param name="name">Name of the model.</param>
/// <param name="ridge">Penalty a row and column, θ being of standardised features.</param>
internal sealed class LinearRegression(string name, double ridge) : ILearner
{
    private static readonly ColumnRule[] Rules = [.. FeatureCatalogue.All.Select(_ => new ColumnRule
    {
        Outlier = OutlierRule.Winsorise, Outliers = .001, Missing = MissingRule.Indicator, Scale = ScaleRule.Standardise,
    })];

    public static LinearRegression Ordinary { get; } = new("linear", 1e-6);

    public static LinearRegression Penalised { get; } = new("ridge", .1);

    public string Name => name;

    public ILearned Fit(LearningRows rows, int seed, CancellationToken cancellation = default)
    {
        var preprocessor = Preprocessor.Fit(FeatureCatalogue.Names, Rules, rows.Features);
        return new LinearValue(preprocessor, Solve(rows.Prepared(preprocessor), preprocessor.Width, rows.Values, ridge * rows.Count));
    }

    /// <summary>The θ that minimises Σ (y - θ₀ - xθ)² + penalty Σ θ².</summary>
    internal static LinearModel Solve(double[] x, int width, double[] y, double penalty)
    {
        var design = Matrix<double>.Build.Dense(y.Length, width, (i, j) => x[(i * width) + j]);
        var means = design.ColumnSums() / y.Length;
        var mean = y.Average();
        var products = design.TransposeThisAndMultiply(design) - (means.OuterProduct(means) * y.Length)
            + (Matrix<double>.Build.DenseIdentity(width) * penalty);
        var aims = design.TransposeThisAndMultiply(Vector<double>.Build.Dense(y)) - (means * (mean * y.Length));
        var theta = products.Cholesky().Solve(aims);
        return new LinearModel(mean - (theta * means), [.. theta]);
    }
}
