using ClvOrleans.Statistics.Fitting;

namespace ClvOrleans.Statistics.Discrete;

/// <summary>Making and fitting BG/BB.</summary>
public static class DiscreteModels
{
    // With 2 opportunities there are 4 histories, of which 3 shares are free: fewer than parameters.
    private const int LeastOpportunities = 3;

    /// <summary>Makes the model.</summary>
    /// <exception cref="ArgumentException">A parameter is missing or not positive and finite.</exception>
    public static BetaGeometricBetaBinomial Create(IReadOnlyDictionary<string, double> parameters)
    {
        return new BetaGeometricBetaBinomial(Of("alpha"), Of("beta"), Of("gamma"), Of("delta"));

        double Of(string name) => parameters.TryGetValue(name, out var value) && double.IsFinite(value) && value > 0
            ? value
            : throw new ArgumentException($"Parameter {name} of bg-bb must be given, finite and positive.", nameof(parameters));
    }

    /// <summary>Fits BG/BB; equal histories are counted once with their number.</summary>
    /// <param name="histories">Histories of the customers, in any order.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="FitException">
    /// Too few customers or opportunities, none or all of these taken, an impossible history, or no optimum; the message says which.
    /// </exception>
    public static DiscreteFit Fit(IEnumerable<OpportunityHistory> histories, FitOptions? options = null) =>
        Fit(OpportunityHistories.Of(histories), options);

    /// <summary>Fits BG/BB to histories that are compressed already, or that carry weights.</summary>
    /// <inheritdoc cref="Fit(IEnumerable{OpportunityHistory}, FitOptions?)" />
    public static DiscreteFit Fit(OpportunityHistories histories, FitOptions? options = null)
    {
        options ??= FitOptions.Default;
        if (Refusal(histories, options) is { } reason)
        {
            throw new FitException(reason);
        }

        var odds = (histories.Opportunities - histories.Transactions) / histories.Transactions;
        var family = new Family(
            new OpportunityLogLikelihood(),
            ["alpha", "beta", "gamma", "delta"],
            [1.203528, .7497260, .6567808, 2.783796], // donations (Fader, Hardie and Shang 2010)
            [[1, odds, .7, 3], [2, odds, 2, 20]]);
        var report = ParametricFit.Fit(family, histories.Columns, options);
        var p = report.Parameters;
        return new DiscreteFit(new BetaGeometricBetaBinomial(p[0], p[1], p[2], p[3]), report);
    }

    private static string? Refusal(OpportunityHistories histories, FitOptions options) =>
        histories.Customers < options.MinimumCustomers ? $"fewer than {options.MinimumCustomers} customers"
        : histories.Longest < LeastOpportunities ? $"no customer has had {LeastOpportunities} opportunities"
        : histories.Transactions == 0 ? "no opportunity was taken"
        : histories.Transactions == histories.Opportunities ? "every opportunity was taken"
        : null;
}
