using ClvOrleans.Statistics.Fitting;

namespace ClvOrleans.Statistics.Lifetime;

/// <summary>The families by name: making them from parameters, and fitting them.</summary>
public static class LifetimeModels
{
    /// <summary>Names of all families.</summary>
    public static IReadOnlyList<string> Families { get; } = ["pareto-nbd", "bg-nbd", "mbg-nbd", "mbg-cnbd-k", "bg-cnbd-k", "ggom-nbd"];

    /// <summary>Makes a model. <exception cref="ArgumentException">A parameter is missing or not positive and finite.</exception></summary>
    public static ILifetimeModel Create(string family, IReadOnlyDictionary<string, double> parameters)
    {
        return family switch
        {
            "pareto-nbd" => new ParetoNbd(Of("r"), Of("alpha"), Of("s"), Of("beta")),
            "ggom-nbd" => new GompertzNbd(Of("r"), Of("alpha"), Of("s"), Of("beta"), Of("b")),
            "bg-nbd" => new BetaGeometricNbd(Of("r"), Of("alpha"), Of("a"), Of("b")),
            "mbg-nbd" => new BetaGeometricNbd(Of("r"), Of("alpha"), Of("a"), Of("b"), 1, true),
            "bg-cnbd-k" => new BetaGeometricNbd(Of("r"), Of("alpha"), Of("a"), Of("b"), Steps()),
            "mbg-cnbd-k" => new BetaGeometricNbd(Of("r"), Of("alpha"), Of("a"), Of("b"), Steps(), true),
            _ => throw new ArgumentException($"There is no model family '{family}'.", nameof(family)),
        };

        double Of(string name) => parameters.TryGetValue(name, out var value) && double.IsFinite(value) && value > 0
            ? value
            : throw new ArgumentException($"Parameter {name} of {family} must be given, finite and positive.", nameof(parameters));

        int Steps() => Of("k") is var k && k == Math.Floor(k) && k is >= 2 and <= BetaGeometricNbd.MostSteps
            ? (int)k
            : throw new ArgumentException(
                $"Parameter k of {family} must be a whole number from 2 to {BetaGeometricNbd.MostSteps}.", nameof(parameters));
    }

    /// <summary>Fits a family; equal histories are counted once with their number.</summary>
    /// <param name="family">One of <see cref="Families"/>.</param>
    /// <param name="histories">Histories of the customers, in any order.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="FitException">
    /// Too few customers or none with a repeat purchase, where <see cref="FitOptions.Prior"/> says nothing; an impossible history, or no
    /// optimum; the message says which.
    /// </exception>
    public static LifetimeFit Fit(string family, IEnumerable<PurchaseHistory> histories, FitOptions? options = null) =>
        Fit(family, PurchaseHistories.Of(histories), options);

    /// <summary>Fits a family to histories that are sorted already, so that several families share the work.</summary>
    /// <inheritdoc cref="Fit(string, IEnumerable{PurchaseHistory}, FitOptions?)" />
    public static LifetimeFit Fit(string family, PurchaseHistories histories, FitOptions? options = null)
    {
        options ??= FitOptions.Default;
        if (options.Prior is null && histories.Customers < options.MinimumCustomers)
        {
            throw new FitException($"fewer than {options.MinimumCustomers} customers have bought");
        }

        if (options.Prior is null && histories.Repeats == 0)
        {
            throw new FitException("no customer has bought twice");
        }

        return family switch
        {
            "pareto-nbd" => FitPareto(histories, options),
            "ggom-nbd" => FitGompertz(histories, options),
            "bg-nbd" => FitBetaGeometric(histories, options, 1, false),
            "mbg-nbd" => FitBetaGeometric(histories, options, 1, true),
            "bg-cnbd-k" => FitRegular(histories, options, false),
            "mbg-cnbd-k" => FitRegular(histories, options, true),
            _ => throw new ArgumentException($"There is no model family '{family}'.", nameof(family)),
        };
    }

    private static LifetimeFit FitPareto(PurchaseHistories histories, FitOptions options)
    {
        var report = ParametricFit.Fit(LifetimeFamilies.Pareto(histories), histories.Columns, options);
        var p = report.Parameters;
        return new LifetimeFit(new ParetoNbd(p[0], p[1], p[2], p[3]), report);
    }

    private static LifetimeFit FitGompertz(PurchaseHistories histories, FitOptions options)
    {
        var report = ParametricFit.Fit(LifetimeFamilies.Gompertz(histories), histories.Columns, options);
        var p = report.Parameters;
        return new LifetimeFit(new GompertzNbd(p[0], p[1], p[2], p[3], p[4]), report);
    }

    private static LifetimeFit FitBetaGeometric(PurchaseHistories histories, FitOptions options, int k, bool dropsAtFirst)
    {
        var report = ParametricFit.Fit(LifetimeFamilies.BetaGeometric(histories, k, dropsAtFirst), histories.Columns, options);
        var p = report.Parameters;
        return new LifetimeFit(
            new BetaGeometricNbd(p[0], p[1], p[2], p[3], k, dropsAtFirst),
            report with { LogLikelihood = report.LogLikelihood + ((k - 1) * histories.LogGaps), ChosenParameters = k > 1 ? 1 : 0 });
    }

    // The likelihood has one top in k: it is climbed until it falls twice.
    private static LifetimeFit FitRegular(PurchaseHistories histories, FitOptions asked, bool dropsAtFirst)
    {
        var options = asked with { Intervals = null };
        var best = FitBetaGeometric(histories, options, 2, dropsAtFirst);
        for (var (k, falls) = (3, 0); k <= BetaGeometricNbd.MostSteps && falls < 2; k++)
        {
            var fit = FitBetaGeometric(histories, options, k, dropsAtFirst);
            (best, falls) = fit.Report.LogLikelihood > best.Report.LogLikelihood ? (fit, 0) : (best, falls + 1);
        }

        return asked.Intervals is null ? best : FitBetaGeometric(histories, asked, (int)best.Model.Parameters["k"], dropsAtFirst);
    }
}
