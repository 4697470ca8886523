using ClvOrleans.Domain.Customers;
using ClvOrleans.Statistics.Joint;
using ClvOrleans.Statistics.Lifetime;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;
using ClvOrleans.Valuation.Estimates;

namespace ClvOrleans.Training.Backtests.Models;

/// <summary>A buy-till-you-die family and Gamma-Gamma whose customers' rate of purchases and spend depend on each other.</summary>
internal sealed class CorrelatedValue(string family) : IForecastModel
{
    public string Name => $"{family}-correlated";

    public IForecaster Fit(StoreHistory past, ForecastTask task)
    {
        var lifetime = LifetimeModels.Fit(family, past.Buyers.Select(c => HistoryOf(c.Summary, past))).Model;
        return BuyTillYouDie.Spend(past, task) is { } spend
            ? new Forecaster(
                past, task, CorrelatedSpendModels.Fit(lifetime, spend.Model, past.Buyers.Select(c => Of(c.Summary, past, task))))
            : throw new Statistics.Fitting.FitException("the data do not carry a spend model");
    }

    private static PurchaseHistory HistoryOf(CustomerSummary customer, StoreHistory past) => customer.HistoryAt(past.End)!.Value;

    private static (PurchaseHistory History, double Paid, double Mean) Of(CustomerSummary customer, StoreHistory past, ForecastTask task)
    {
        var (mean, paid) = RepeatSpend.Of(customer, task.Value);
        return (HistoryOf(customer, past), paid, mean);
    }

    private sealed class Forecaster(StoreHistory past, ForecastTask task, CorrelatedSpendFit fit) : IForecaster
    {
        private readonly double _kept = StoreSpend.KeptShare(past, task.Value);

        public string Description => FormattableString.Invariant(
            $"ω {fit.Model.Omega:0.00} ± {fit.StandardError:0.00}, correlation {fit.Model.Correlation:0.000}, 2 Δ ln L {fit.Gain:0.0}");

        public double? ExpectedRepeats(double weeks) => fit.Model.Lifetime.ExpectedPurchasesOfNewCustomer(weeks);

        public IReadOnlyList<Forecast> Forecast(IReadOnlyList<AsOfSnapshot> customers) =>
        [
            .. customers.Select(c =>
            {
                var (history, paid, mean) = Of(c.Summary, past, task);
                var (orders, value) = fit.Model.Expected(history, paid, mean, task.Horizon.Weeks);
                return new Forecast(value * _kept, orders) { Alive = fit.Model.Lifetime.ProbabilityAlive(history) };
            }),
        ];
    }
}
