using System.Collections.Immutable;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Statistics.Lifetime;

namespace ClvOrleans.Statistics.Covariates;

/// <summary>Fits lifetime models with static covariates.</summary>
public static class CovariateModels
{
    /// <summary>Fits the baseline and both effects of every covariate at once. Customers of equal covariates share their work.</summary>
    /// <param name="family"><c>pareto-nbd</c>, <c>bg-nbd</c> or <c>mbg-nbd</c>.</param>
    /// <param name="histories">Histories of the customers.</param>
    /// <param name="covariates">Their covariates, in the same order; centred, so that the baseline is a real customer's.</param>
    /// <param name="names">Names of the covariates.</param>
    /// <param name="options">How; null for the defaults. The prior of an effect is centred on 0.</param>
    /// <exception cref="FitException">As for the plain model, or a covariate does not vary or is not finite; the message says
    /// which.</exception>
    public static CovariateFit Fit(
        string family,
        IReadOnlyList<PurchaseHistory> histories,
        IReadOnlyList<IReadOnlyList<double>> covariates,
        IReadOnlyList<string> names,
        FitOptions? options = null)
    {
        if (covariates.Count != histories.Count || covariates.Any(z => z.Count != names.Count))
        {
            throw new ArgumentException($"Every customer needs {names.Count} covariates.", nameof(covariates));
        }

        for (var i = 0; i < names.Count; i++)
        {
            if (covariates.Any(z => !double.IsFinite(z[i])) || covariates.All(z => z[i] == covariates[0][i]))
            {
                throw new FitException($"covariate {names[i]} does not vary or is not finite");
            }
        }

        // The plain fit refuses what cannot be fitted, and is where the effects start from.
        var plain = LifetimeModels.Fit(family, histories, options);
        var (groups, distinct) = Groups(covariates);
        var compressed = PurchaseHistories.Of(histories, null, groups);
        var (known, dropout, sign) = family switch
        {
            "pareto-nbd" => (LifetimeFamilies.Pareto(compressed), 3, -1),
            "bg-nbd" => (LifetimeFamilies.BetaGeometric(compressed, 1, false), 2, 1),
            "mbg-nbd" => (LifetimeFamilies.BetaGeometric(compressed, 1, true), 2, 1),
            _ => throw new ArgumentException($"{family} takes no covariates.", nameof(family)),
        };
        var design = new Design(
            4,
            distinct,
            [.. names.Select((_, i) => (1, i, -1.0)), .. names.Select((_, i) => (dropout, i, (double)sign))],
            [.. names.Select(n => $"purchases:{n}"), .. names.Select(n => $"dropout:{n}")]);
        var started = known with { Starts = [[.. plain.Report.Parameters]] };
        var report = ParametricFit.Fit(started, compressed.Columns, options ?? FitOptions.Default, design);
        var baseline = LifetimeModels.Create(family, known.Names.Zip(report.Parameters).ToDictionary(p => p.First, p => p.Second));
        var effects = report.Parameters[4..];
        return new CovariateFit(new CovariateModel(baseline, [.. names], effects[..names.Count], effects[names.Count..]), report);
    }

    private static (int[] Groups, double[][] Distinct) Groups(IReadOnlyList<IReadOnlyList<double>> covariates)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var distinct = new List<double[]>();
        var groups = new int[covariates.Count];
        for (var i = 0; i < groups.Length; i++)
        {
            var key = string.Join(' ', covariates[i].Select(z => BitConverter.DoubleToInt64Bits(z)));
            if (!numbers.TryGetValue(key, out groups[i]))
            {
                numbers.Add(key, groups[i] = distinct.Count);
                distinct.Add([.. covariates[i]]);
            }
        }

        return (groups, [.. distinct]);
    }
}
