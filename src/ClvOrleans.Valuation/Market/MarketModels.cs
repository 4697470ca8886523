using System.Collections.Immutable;
using ClvOrleans.Domain.Market;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Statistics.Lifetime;

namespace ClvOrleans.Valuation.Market;

/// <summary>Fits lifetime models that follow the market.</summary>
public static class MarketModels
{
    private static readonly string[] Kinds = ["promotion", "season", "competitor"];

    /// <summary>Fits the baseline and the effects of all kinds of market entries that touch the data; other effects stay 0.</summary>
    /// <param name="family"><c>pareto-nbd</c>, <c>bg-nbd</c> or <c>mbg-nbd</c>.</param>
    /// <param name="customers">Days of purchase of each customer, in order and distinct; days after the end are not seen.</param>
    /// <param name="end">Last day of the data.</param>
    /// <param name="calendar">The market.</param>
    /// <param name="options">How; null for the defaults. The prior of an effect is centred on 0.</param>
    /// <exception cref="FitException">As for the plain model.</exception>
    public static MarketFit Fit(
        string family, IEnumerable<IReadOnlyList<DateOnly>> customers, DateOnly end, MarketCalendar calendar, FitOptions? options = null)
    {
        IMarketLogLikelihood kernel = family switch
        {
            "pareto-nbd" => new MarketParetoLogLikelihood(),
            "bg-nbd" => new MarketGeometricLogLikelihood(false),
            "mbg-nbd" => new MarketGeometricLogLikelihood(true),
            _ => throw new ArgumentException($"{family} does not follow the market.", nameof(family)),
        };
        options ??= FitOptions.Default;
        var likelihood = new MarketLikelihood(kernel, customers, end, calendar, options.Threads);
        var plain = LifetimeModels.Fit(family, likelihood.CalendarHistories, options);
        var used = Enumerable.Range(0, Kinds.Length).Where(likelihood.Happened).ToArray();
        var objective = Posterior(likelihood, used, [.. plain.Report.Parameters.Select(p => Math.Log(p))], options);
        var newton = new Newton(objective);
        var top = newton.Climb([.. plain.Report.Parameters.Select(p => Math.Log(p)), .. new double[used.Length]], null);
        return ReportOf(family, likelihood, used, newton, top);
    }

    private static MarketFit ReportOf(string family, MarketLikelihood likelihood, int[] used, Newton newton, Newton.Top top)
    {
        var covariance = ParametricFit.Covariance(newton.Curvature(top.At, top.Gradient));
        ImmutableArray<double> parameters = [.. top.At.Select((v, i) => i < 4 ? Math.Exp(v) : v)];
        var effects = Effects(top.At, used);
        var names = family == "pareto-nbd" ? new[] { "r", "alpha", "s", "beta" } : ["r", "alpha", "a", "b"];
        var report = new FitReport
        {
            Names = [.. names, .. used.Select(i => Kinds[i])],
            Parameters = parameters,
            Covariance = [.. covariance.ToRowMajorArray()],
            StandardErrors = [.. parameters.Select((p, i) => Math.Sqrt(covariance[i, i]) * (i < 4 ? p : 1))],
            LogLikelihood = likelihood.Evaluate([.. parameters[..4]], effects, new double[7]),
            Customers = likelihood.Customers,
            Iterations = newton.Iterations,
            GradientNorm = top.Gradient.Max(g => Math.Abs(g)),
            PossibleGain = top.Gain,
        };
        return new MarketFit(
            new MarketModel(LifetimeModels.Create(family, names.Zip(parameters).ToDictionary(p => p.First, p => p.Second)), effects),
            report);
    }

    // The baseline's prior is that of the plain fit, whose top is near: here only the effects are held.
    private static Objective Posterior(MarketLikelihood likelihood, int[] used, double[] centre, FitOptions options)
    {
        var precision = options.PriorStrength / 9;
        var all = new double[7];
        return (at, gradient) =>
        {
            double[] parameters = [.. at.Take(4).Select(v => Math.Exp(v))];
            var value = likelihood.Evaluate(parameters, Effects(at, used), all);
            for (var i = 0; i < at.Length; i++)
            {
                var distance = at[i] - (i < 4 ? centre[i] : 0);
                gradient[i] = (i < 4 ? all[i] * parameters[i] : all[4 + used[i - 4]]) - (precision * distance);
                value -= precision * distance * distance / 2;
            }

            return value;
        };
    }

    private static MarketEffects Effects(double[] at, int[] used)
    {
        var all = new double[3];
        for (var i = 0; i < used.Length; i++)
        {
            all[used[i]] = at[4 + i];
        }

        return new MarketEffects(all[0], all[1], all[2]);
    }
}
