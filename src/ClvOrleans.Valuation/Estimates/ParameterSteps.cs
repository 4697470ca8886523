using System.Collections.Immutable;
using ClvOrleans.Statistics.Lifetime;
using MathNet.Numerics.LinearAlgebra;

namespace ClvOrleans.Valuation.Estimates;

/// <summary>
/// What the uncertainty of the parameters does to a customer's expectation, to first order: the sum over the axes of the covariance of the
/// squared change of ln E by one standard deviation along each (the delta method without derivatives).
/// </summary>
internal sealed class ParameterSteps
{
    // Below this relative variance an interval widens by less than a thousandth, since a customer's own spread is never below a tenth.
    private const double Invisible = 2e-5;

    private static readonly PurchaseHistory[] Panel =
    [
        new(0, 0, 2), new(0, 0, 26), new(0, 0, 104), new(1, 1, 2), new(1, 20, 26), new(1, 5, 26), new(4, 25, 26), new(4, 60, 104),
        new(16, 25, 26), new(16, 100, 104), new(16, 60, 104), new(60, 103, 104),
    ];

    private readonly IConditionalExpectations[] _steps;

    private ParameterSteps(IConditionalExpectations[] steps)
    {
        _steps = steps;
    }

    /// <summary>
    /// Prepares the steps; null where there is no covariance, or where it is too small to be seen on any of a panel of customers.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="names">Parameters in the order of the covariance.</param>
    /// <param name="covariance">Covariance of their logarithms, row by row.</param>
    /// <param name="plain">Outlooks of the model itself.</param>
    /// <param name="prepare">Prepares a model.</param>
    public static ParameterSteps? Of(
        ILifetimeModel model,
        ImmutableArray<string> names,
        ImmutableArray<double> covariance,
        IConditionalExpectations plain,
        Func<ILifetimeModel, IConditionalExpectations> prepare)
    {
        if (covariance.IsDefaultOrEmpty)
        {
            return null;
        }

        var size = names.Length;
        var axes = Matrix<double>.Build.DenseOfRowMajor(size, size, covariance).Evd(Symmetricity.Symmetric);
        var steps = Enumerable.Range(0, size).Select(axis =>
        {
            var deviation = Math.Sqrt(Math.Max(0, axes.EigenValues[axis].Real));
            var shifted = model.Parameters.ToBuilder();
            for (var i = 0; i < size; i++)
            {
                shifted[names[i]] *= Math.Exp(Math.Clamp(deviation * axes.EigenVectors[i, axis], -1, 1));
            }

            return prepare(LifetimeModels.Create(model.Family, shifted));
        }).ToArray();
        var all = new ParameterSteps(steps);
        // Who is almost surely gone has an interval of zero either way.
        return Panel.Where(h => plain.Orders(h) > .05).All(h => all.Variance(h, plain.Orders(h)) < Invisible) ? null : all;
    }

    /// <summary>Relative variance of the expected purchases.</summary>
    public double Variance(in PurchaseHistory h, double orders)
    {
        if (orders <= 0)
        {
            return 0;
        }

        var sum = 0.0;
        foreach (var step in _steps)
        {
            var change = Math.Log(Math.Max(step.Orders(h), 1e-300) / orders);
            sum += change * change;
        }

        return Math.Min(sum, 1);
    }
}
