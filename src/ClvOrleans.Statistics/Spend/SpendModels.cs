using ClvOrleans.Statistics.Fitting;

namespace ClvOrleans.Statistics.Spend;

/// <summary>Making and fitting the spend model.</summary>
public static class SpendModels
{
    /// <summary>
    /// Makes the model. <exception cref="ArgumentException">A parameter is missing or not positive and finite.</exception>
    /// </summary>
    public static GammaGamma Create(IReadOnlyDictionary<string, double> parameters)
    {
        return new GammaGamma(Of("p"), Of("q"), Of("v"));

        double Of(string name) => parameters.TryGetValue(name, out var value) && double.IsFinite(value) && value > 0
            ? value
            : throw new ArgumentException($"Parameter {name} of gamma-gamma must be given, finite and positive.", nameof(parameters));
    }

    /// <summary>Fits Gamma-Gamma to customers with repeat spend: their number of repeat purchases and its mean value.</summary>
    /// <param name="spends">Mean value, in any unit of money, and number; customers with none of either are left out.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="FitException">Fewer than 10 customers with repeat spend, or no optimum with a finite mean.</exception>
    public static SpendFit Fit(IReadOnlyCollection<(double Mean, int Count)> spends, FitOptions? options = null)
    {
        var used = spends.Where(s => s is { Count: > 0, Mean: > 0 } && double.IsFinite(s.Mean)).ToArray();
        if (used.Length < 10)
        {
            throw new FitException("fewer than 10 customers have repeat purchases of some value");
        }

        // Fitted in units of the mean, so that starts and prior suit every currency.
        var unit = used.Select(s => s.Mean).Order().Sum() / used.Length;
        var columns = SufficientStatistics.Of(
            [.. used.Select(s => (double)s.Count)], [.. used.Select(s => s.Count * s.Mean / unit)], new double[used.Length], null, null);
        var family = new Family(
            new GammaGammaLogLikelihood(),
            ["p", "q", "v"],
            [6.25, 3.74, 15.44 / 35.08], // CDNOW (Fader and Hardie 2013), whose mean value is 35.08.
            [[3, 3, 1], [1, 2, 1], [10, 5, .4]]);
        var report = ParametricFit.Fit(family, columns, options ?? FitOptions.Default);
        var (p, q, v) = (report.Parameters[0], report.Parameters[1], report.Parameters[2] * unit);
        if (q <= 1)
        {
            throw new FitException("the spend varies too much for a finite mean (q ≤ 1)");
        }

        // The density of a mean is that of its multiple by the unit, times the unit.
        return new SpendFit(
            new GammaGamma(p, q, v),
            report.InUnit(2, unit) with
            {
                LogLikelihood = report.LogLikelihood - (used.Length * Math.Log(unit)),
            });
    }
}
