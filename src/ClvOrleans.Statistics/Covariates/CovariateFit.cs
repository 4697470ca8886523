using System.Collections.Immutable;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Statistics.Lifetime;

namespace ClvOrleans.Statistics.Covariates;

/// <summary>A fitted model with covariates and how the fit went.</summary>
/// <param name="Model">The model.</param>
/// <param name="Report">
/// Likelihood, standard errors, convergence; effects follow the baseline's parameters as <c>purchases:name</c> and <c>dropout:name</c>.
/// </param>
public sealed record CovariateFit(CovariateModel Model, FitReport Report)
{
    /// <summary>
    /// Covariance, row by row, of the logarithms of the four parameters of a customer's model, that of the effects included: they are
    /// linear in what was fitted, such as ln α - γ·z.
    /// </summary>
    /// <param name="covariates">Covariates z, in the order of the names.</param>
    /// <exception cref="ArgumentException">Their number is wrong.</exception>
    public ImmutableArray<double> CovarianceOf(IReadOnlyList<double> covariates)
    {
        var (count, size) = (Model.Names.Length, Report.Names.Length);
        if (covariates.Count != count)
        {
            throw new ArgumentException($"{count} covariates are needed: {string.Join(", ", Model.Names)}.", nameof(covariates));
        }

        var rows = Enumerable.Range(0, 4).Select(Row).ToArray();
        return [.. rows.SelectMany(a => rows.Select(b => Product(a, b)))];

        double[] Row(int parameter)
        {
            var row = new double[size];
            row[parameter] = 1;
            for (var i = 0; i < count; i++)
            {
                row[4 + i] = parameter == 1 ? -covariates[i] : 0;
                row[4 + count + i] = (parameter, Model.Baseline) switch
                {
                    (3, ParetoNbd) => -covariates[i],
                    (2, BetaGeometricNbd) => covariates[i],
                    _ => 0,
                };
            }

            return row;
        }

        double Product(double[] a, double[] b) =>
            Enumerable.Range(0, size).Sum(i => a[i] * Enumerable.Range(0, size).Sum(j => Report.Covariance[(i * size) + j] * b[j]));
    }
}
