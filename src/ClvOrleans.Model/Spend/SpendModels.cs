using ClvOrleans.Model.Lifetime;

namespace ClvOrleans.Model.Spend;

/// <summary>Making and fitting the spend model.</summary>
public static class SpendModels
{
    /// <summary>Makes the model. <exception cref="ArgumentException">A parameter is missing or not positive and finite.</exception></summary>
    public static GammaGamma Create(IReadOnlyDictionary<string, double> parameters)
    {
        return new GammaGamma(Of("p"), Of("q"), Of("v"));

        double Of(string name) => parameters.TryGetValue(name, out var value) && double.IsFinite(value) && value > 0
            ? value
            : throw new ArgumentException($"Parameter {name} of gamma-gamma must be given, finite and positive.", nameof(parameters));
    }

    /// <summary>Fits Gamma-Gamma to customers with repeat spend: their number of repeat purchases and its mean value.</summary>
    /// <exception cref="FitException">Fewer than 10 customers with repeat spend, or no optimum with a finite mean.</exception>
    public static (GammaGamma Model, double LogLikelihood) Fit(IReadOnlyCollection<(double Mean, int Count)> spends)
    {
        var used = spends.Where(s => s is { Count: > 0, Mean: > 0 }).ToArray();
        if (used.Length < 10)
        {
            throw new FitException("fewer than 10 customers have repeat purchases of some value");
        }

        // Fitted in units of the mean, so that the start suits every currency.
        var unit = used.Average(s => s.Mean);
        var (p, _) = MaximumLikelihood.Fit([3, 3, 1], v => used.Sum(s => new GammaGamma(v[0], v[1], v[2]).LogLikelihood(s.Count, s.Mean / unit)));
        var model = new GammaGamma(p[0], p[1], p[2] * unit);
        return model.Q > 1
            ? (model, used.Sum(s => model.LogLikelihood(s.Count, s.Mean)))
            : throw new FitException("the spend varies too much for a finite mean (q ≤ 1)");
    }
}
