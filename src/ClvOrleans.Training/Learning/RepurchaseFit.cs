using ClvOrleans.Valuation.Ensemble;
using MathNet.Numerics.LinearAlgebra;

namespace ClvOrleans.Training.Learning;

/// <summary>
/// Learns <see cref="RepurchaseProbability"/> by logistic regression on customers that were not learned from. The window says who; how many
/// in all is what the buy-till-you-die model says.
/// </summary>
internal static class RepurchaseFit
{
    // Purchasers that the belief counts for that the model is right as it is.
    private const double Prior = 10;
    private const int Rounds = 50;

    /// <summary>Learns the weights.</summary>
    /// <param name="probabilities">What the model said of customers.</param>
    /// <param name="scores">Their scores.</param>
    /// <param name="bought">Whether they bought.</param>
    public static RepurchaseProbability Of(IReadOnlyList<double> probabilities, IReadOnlyList<double> scores, IReadOnlyList<bool> bought)
    {
        Vector<double> prior = Vector<double>.Build.DenseOfArray([0, 1, 0]), theta = prior.Clone();
        for (var round = 0; round < Rounds; round++)
        {
            var again = new RepurchaseProbability(theta[0], theta[1], theta[2]);
            var gradient = (theta - prior) * Prior;
            var information = Matrix<double>.Build.DenseDiagonal(3, 3, Prior);
            for (var i = 0; i < bought.Count; i++)
            {
                var (odds, score) = RepurchaseProbability.Inputs(probabilities[i], scores[i]);
                var x = Vector<double>.Build.DenseOfArray([1, odds, score]);
                var p = again.Of(probabilities[i], scores[i]);
                gradient += (p - (bought[i] ? 1 : 0)) * x;
                information += p * (1 - p) * x.OuterProduct(x);
            }

            var step = information.Cholesky().Solve(gradient);
            theta -= step / Math.Max(1, step.L2Norm());
            if (step.L2Norm() < 1e-9)
            {
                break;
            }
        }

        return new RepurchaseProbability(theta[0], theta[1], theta[2]);
    }

    /// <summary>The same weights, with the intercept at which the mean probability of customers is that of the model.</summary>
    public static RepurchaseProbability AtLevelOf(
        this RepurchaseProbability again, IReadOnlyList<double> probabilities, IReadOnlyList<double> scores)
    {
        var level = probabilities.Average();
        var (low, high) = (again with { Intercept = -20 }, again with { Intercept = 20 });
        for (var round = 0; round < Rounds; round++)
        {
            var middle = again with { Intercept = (low.Intercept + high.Intercept) / 2 };
            (low, high) = probabilities.Zip(scores, middle.Of).Average() < level ? (middle, high) : (low, middle);
        }

        return low;
    }
}
