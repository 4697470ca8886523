using System.Collections.Concurrent;
using System.Globalization;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Statistics.Covariates;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Statistics.Lifetime;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;

namespace ClvOrleans.Training.Backtests.Models;

/// <summary>A buy-till-you-die family whose customers differ by their first purchase.</summary>
/// <param name="family">A family of <see cref="CovariateModels"/>.</param>
internal sealed class WithCovariates(string family) : IForecastModel
{
    public string Name => $"{family}-covariates";

    public IForecaster Fit(StoreHistory past, ForecastTask task)
    {
        // First, since what the plain family refuses is refused for the same reason.
        var histories = past.Buyers.Select(c => c.Summary.HistoryAt(past.End)!.Value).ToArray();
        var plain = LifetimeModels.Fit(family, histories);
        var first = new FirstPurchases(past);
        if (first.Names.Count == 0)
        {
            throw new FitException("first purchases differ in nothing that at least 30 customers have and 30 have not");
        }

        var fit = CovariateModels.Fit(family, histories, [.. past.Buyers.Select(first.Of)], first.Names);
        var spend = BuyTillYouDie.Spend(past, task);
        var groups = past.Buyers.Select(first.Of).GroupBy(KeyOf)
            .ToDictionary(g => g.Key, g => (Customers: g.Count(), Forecaster: Of(g.First())));
        return new Fitted(first, groups, Of, past.Buyers.Length, Describe(fit, plain));

        BuyTillYouDieForecaster Of(IReadOnlyList<double> covariates) => new(
            past, task, fit.Model.Of(covariates), (plain.Report.Names, fit.CovarianceOf(covariates)), spend, "");
    }

    private static string KeyOf(IReadOnlyList<double> covariates) =>
        string.Join(' ', covariates.Select(z => z.ToString("r", CultureInfo.InvariantCulture)));

    private static string Describe(CovariateFit fit, LifetimeFit plain)
    {
        var gain = 2 * (fit.Report.LogLikelihood - plain.Report.LogLikelihood);
        var effects = fit.Report.Names.Zip(fit.Report.Parameters, fit.Report.StandardErrors).Skip(4)
            .Select(e => FormattableString.Invariant($"{e.First} {e.Second:+0.00;-0.00;0} ± {e.Third:0.00}"));
        return FormattableString.Invariant(
            $"{fit.Model.Baseline.Family} with {string.Join(", ", effects)}; 2 Δ ln L {gain:0.0} for {2 * fit.Model.Names.Length} effects");
    }

    private sealed class Fitted(
        FirstPurchases first,
        Dictionary<string, (int Customers, BuyTillYouDieForecaster Forecaster)> groups,
        Func<IReadOnlyList<double>, BuyTillYouDieForecaster> create,
        int customers,
        string description) : IForecaster
    {
        private readonly ConcurrentDictionary<string, BuyTillYouDieForecaster> _forecasters =
            new(groups.Select(g => KeyValuePair.Create(g.Key, g.Value.Forecaster)));

        public string Description => description;

        public IReadOnlyList<Forecast> Forecast(IReadOnlyList<AsOfSnapshot> some) =>
            [.. some.Select(c => OfGroup(first.Of(c)).Forecast([c])[0])];

        // Of a customer of unknown first purchase.
        public double? ExpectedRepeats(double weeks) =>
            groups.Values.Sum(g => g.Customers * g.Forecaster.ExpectedRepeats(weeks)!.Value) / customers;

        // A customer who was not fitted to may have what nobody else has.
        private BuyTillYouDieForecaster OfGroup(IReadOnlyList<double> covariates) =>
            _forecasters.GetOrAdd(KeyOf(covariates), _ => create(covariates));
    }
}
