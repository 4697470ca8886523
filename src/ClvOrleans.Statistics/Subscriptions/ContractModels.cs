using ClvOrleans.Statistics.Fitting;

namespace ClvOrleans.Statistics.Subscriptions;

/// <summary>The families of contracts by name: making them from parameters, and fitting them.</summary>
public static class ContractModels
{
    /// <summary>Names of all families: shifted-beta-geometric, and beta-discrete-Weibull.</summary>
    public static IReadOnlyList<string> Families { get; } = ["sbg", "bdw"];

    /// <summary>Makes a model. <exception cref="ArgumentException">A parameter is missing or not positive and finite.</exception></summary>
    public static BetaDiscreteWeibull Create(string family, IReadOnlyDictionary<string, double> parameters)
    {
        return new BetaDiscreteWeibull(Of("alpha"), Of("beta"), Ages(family) ? Of("c") : 1);

        double Of(string name) => parameters.TryGetValue(name, out var value) && double.IsFinite(value) && value > 0
            ? value
            : throw new ArgumentException($"Parameter {name} of {family} must be given, finite and positive.", nameof(parameters));
    }

    /// <summary>Fits a family; equal histories are counted once with their number.</summary>
    /// <param name="family">One of <see cref="Families"/>.</param>
    /// <param name="contracts">The contracts, in any order.</param>
    /// <param name="options">How; null for the defaults. Customers are contracts with a decision.</param>
    /// <exception cref="FitException">
    /// Too few contracts or decisions, none ended or none renewed, an impossible history, or no optimum; the message says which.
    /// </exception>
    public static ContractFit Fit(string family, IEnumerable<ContractHistory> contracts, FitOptions? options = null) =>
        Fit(family, ContractHistories.Of(contracts), options);

    /// <summary>Fits a family to contracts that are compressed already, or that come as tables of cohorts.</summary>
    /// <inheritdoc cref="Fit(string, IEnumerable{ContractHistory}, FitOptions?)" />
    public static ContractFit Fit(string family, ContractHistories contracts, FitOptions? options = null)
    {
        options ??= FitOptions.Default;
        var ages = Ages(family);
        if (Refusal(family, contracts, options, ages ? 3 : 2) is { } reason)
        {
            throw new FitException(reason);
        }

        var odds = contracts.Renewals / contracts.Endings;
        double[][] starts = [[1, odds], [5, 5 * odds]];

        // The prior is about the "Regular" customers of Fader and Hardie 2007.
        var shape = ages
            ? new Family(
                new ContractLogLikelihood(true), ["alpha", "beta", "c"], [.704, 1.182, 1], [.. starts.Select(s => (double[])[.. s, 1])])
            : new Family(new ContractLogLikelihood(false), ["alpha", "beta"], [.704, 1.182], starts);
        var report = ParametricFit.Fit(shape, contracts.Columns, options);
        var p = report.Parameters;
        return new ContractFit(new BetaDiscreteWeibull(p[0], p[1], ages ? p[2] : 1), report);
    }

    private static bool Ages(string family) => family switch
    {
        "sbg" => false,
        "bdw" => true,
        _ => throw new ArgumentException($"There is no family of contracts '{family}'.", nameof(family)),
    };

    // Each decision gives one retention rate: fewer of these than parameters tell nothing apart.
    private static string? Refusal(string family, ContractHistories contracts, FitOptions options, int parameters) =>
        contracts.Contracts < options.MinimumCustomers ? $"fewer than {options.MinimumCustomers} contracts have come up for renewal"
        : contracts.Endings == 0 ? "no contract has ended"
        : contracts.Renewals == 0 ? "no contract was renewed"
        : contracts.Longest < parameters ? $"{family} needs contracts that have had {parameters} decisions"
        : null;
}
