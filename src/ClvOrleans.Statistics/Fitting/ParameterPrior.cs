using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;

namespace ClvOrleans.Statistics.Fitting;

/// <summary>What is known of a model's parameters before the data: their logarithms are jointly normal.</summary>
/// <param name="Names">Names of the parameters, in the order of a fit of the model.</param>
/// <param name="Centre">Their most likely values.</param>
/// <param name="Covariance">Covariance of their logarithms, row by row, positive definite.</param>
public sealed record ParameterPrior(ImmutableArray<string> Names, ImmutableArray<double> Centre, ImmutableArray<double> Covariance)
{
    /// <summary>
    /// Empirical Bayes (Efron and Morris 1973): the parameters of a store that has not been seen, from those of others. The mean is that of
    /// the logarithms; the covariance is theirs, shrunk towards independent ones of a given spread, which weigh as much as so many stores
    /// as there are parameters, and widened for the uncertainty of the mean. So few stores do not tell how alike stores are.
    /// </summary>
    /// <param name="names">Names of the parameters.</param>
    /// <param name="stores">Parameters of each store, in the order of the names, positive; at least one.</param>
    /// <param name="spread">Standard deviation of a logarithm towards which is shrunk, above 0.</param>
    public static ParameterPrior OfStores(IReadOnlyList<string> names, IReadOnlyList<IReadOnlyList<double>> stores, double spread)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(spread);
        if (stores.Count == 0 || stores.Any(s => s.Count != names.Count || s.Any(v => !(v > 0))))
        {
            throw new ArgumentException($"At least one store with {names.Count} positive parameters is needed.", nameof(stores));
        }

        var (count, size) = (stores.Count, names.Count);
        var logs = Matrix<double>.Build.Dense(count, size, (i, j) => Math.Log(stores[i][j]));
        var mean = logs.ColumnSums() / count;
        var away = logs - Matrix<double>.Build.Dense(count, size, (_, j) => mean[j]);
        var alone = spread * spread * Matrix<double>.Build.DenseIdentity(size);
        var shrunk = (away.TransposeThisAndMultiply(away) + (size * alone)) / (count + size);
        return new ParameterPrior(
            [.. names], [.. mean.Select(m => Math.Exp(m))], [.. (shrunk * (1 + (1.0 / count))).ToRowMajorArray()]);
    }
}
