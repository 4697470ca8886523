namespace ClvOrleans.Model.Lifetime;

/// <summary>The families by name: making them from parameters and fitting them.</summary>
public static class LifetimeModels
{
    /// <summary>Names of all families.</summary>
    public static IReadOnlyList<string> Families { get; } = ["pareto-nbd", "bg-nbd"];

    /// <summary>Makes a model. <exception cref="ArgumentException">A parameter is missing or not positive and finite.</exception></summary>
    public static ILifetimeModel Create(string family, IReadOnlyDictionary<string, double> parameters)
    {
        return family switch
        {
            "pareto-nbd" => new ParetoNbd(Of("r"), Of("alpha"), Of("s"), Of("beta")),
            "bg-nbd" => new BgNbd(Of("r"), Of("alpha"), Of("a"), Of("b")),
            _ => throw new ArgumentException($"There is no model family '{family}'.", nameof(family)),
        };

        double Of(string name) => parameters.TryGetValue(name, out var value) && double.IsFinite(value) && value > 0
            ? value
            : throw new ArgumentException($"Parameter {name} of {family} must be given, finite and positive.", nameof(parameters));
    }

    /// <summary>Fits a family by maximum likelihood; equal histories are counted once with their number.</summary>
    /// <exception cref="FitException">Fewer than 30 customers, none with a repeat purchase, or no optimum.</exception>
    public static (ILifetimeModel Model, double LogLikelihood) Fit(string family, IEnumerable<PurchaseHistory> histories)
    {
        var groups = histories.GroupBy(h => h).Select(g => (History: g.Key, Count: g.Count())).ToArray();
        if (groups.Sum(g => g.Count) < 30)
        {
            throw new FitException("fewer than 30 customers have bought");
        }

        if (groups.All(g => g.History.Repeats == 0))
        {
            throw new FitException("no customer has bought twice");
        }

        Func<double[], ILifetimeModel> create = family switch
        {
            "pareto-nbd" => p => new ParetoNbd(p[0], p[1], p[2], p[3]),
            "bg-nbd" => p => new BgNbd(p[0], p[1], p[2], p[3]),
            _ => throw new ArgumentException($"There is no model family '{family}'.", nameof(family)),
        };
        var start = family == "pareto-nbd" ? new double[] { 1, 10, 1, 10 } : [1, 10, 1, 2];
        var (parameters, value) = MaximumLikelihood.Fit(start, p =>
        {
            var model = create(p);
            return groups.Sum(g => g.Count * model.LogLikelihood(g.History));
        });
        return (create(parameters), value);
    }
}
