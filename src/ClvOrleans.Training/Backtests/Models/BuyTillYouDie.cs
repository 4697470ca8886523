using System.Collections.Immutable;
using ClvOrleans.Model.Currencies;
using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Estimates;
using ClvOrleans.Model.Lifetime;
using ClvOrleans.Model.Spend;

namespace ClvOrleans.Training.Backtests.Models;

/// <summary>
/// A buy-till-you-die family for the number of purchases, Gamma-Gamma for their value. Gamma-Gamma reads the mean value of paid repeat
/// purchase days; before refunds where gross value is asked for, after them else. What credit notes and costs leave of it is taken to be the
/// same share for all.
/// </summary>
internal sealed class BuyTillYouDie(string family) : IForecastModel
{
    public string Name => family;

    public IForecaster Fit(StoreHistory past, ForecastTask task) => Of(
        past, task, LifetimeModels.Fit(family, past.Buyers.Select(c => c.Summary.HistoryAt(past.End)!.Value)).Model, "");

    /// <summary>What stands in where nothing can be fitted: the published parameters of another shop, the customers' own spend.</summary>
    public static IForecaster OfPrior(StoreHistory past, ForecastTask task, string why) => Of(
        past, task, LifetimeModels.Create(PriorModel.Version.Family, PriorModel.Version.Parameters), $"prior, as {why}: ");

    private static Fitted Of(StoreHistory past, ForecastTask task, ILifetimeModel lifetime, string remark)
    {
        var basis = task.Value == ValueKind.Gross ? ValueKind.Gross : ValueKind.Net;
        GammaGamma? spend = null;
        try
        {
            spend = SpendModels.Fit([.. past.Buyers.Select(c => RepeatSpend(c.Summary, basis))]).Model;
        }
        catch (FitException)
        {
            // The mean value of a purchase stands in; the description says so.
        }

        var days = past.Buyers.SelectMany(c => c.Summary.PurchaseDays).Select(d => ValueOf(d, basis).Minor).Where(v => v > 0).ToList();
        return new Fitted(
            past, task, lifetime, spend, basis, days.Count == 0 ? 0 : days.Average(), KeptShare(past, task.Value, days.Sum()), remark);
    }

    private static double KeptShare(StoreHistory past, ValueKind kind, double spent) => kind == ValueKind.Gross || spent == 0
        ? 1
        : past.Buyers.Sum(c => (double)Outcome.Of(c.Summary, Money.Zero, DateOnly.MinValue, past.End, kind, past.Store).Value.Minor) / spent;

    private static Money ValueOf(PurchaseDay day, ValueKind basis) => basis == ValueKind.Gross ? day.Gross : day.Net;

    private static (double Mean, int Count) RepeatSpend(CustomerSummary customer, ValueKind basis)
    {
        var (sum, count) = (0L, 0);
        foreach (var day in customer.PurchaseDays.AsSpan()[1..])
        {
            var value = ValueOf(day, basis);
            (sum, count) = value > Money.Zero ? (sum + value.Minor, count + 1) : (sum, count);
        }

        return (count == 0 ? 0 : (double)sum / count, count);
    }

    private sealed class Fitted(
        StoreHistory past, ForecastTask task, ILifetimeModel lifetime, GammaGamma? spend, ValueKind basis, double meanSpend, double kept, string remark) : IForecaster
    {
        private const int MostOrders = 400;

        public string Description => remark
            + $"{lifetime.Family} ({string.Join(", ", lifetime.Parameters.Select(p => FormattableString.Invariant($"{p.Key} {p.Value:g4}")))}), "
            + (spend is null ? "mean spend" : FormattableString.Invariant($"Gamma-Gamma (p {spend.P:g4}, q {spend.Q:g4}, v {spend.V:g4})"));

        public double? ExpectedRepeats(double weeks) => lifetime.ExpectedPurchasesOfNewCustomer(weeks);

        public IReadOnlyList<Forecast> Forecast(IReadOnlyList<CustomerPast> customers)
        {
            var counts = new double[MostOrders];
            return [.. customers.Select(c => Forecast(c.Summary, counts))];
        }

        private Forecast Forecast(CustomerSummary customer, double[] counts)
        {
            var history = customer.HistoryAt(past.End)!.Value;
            var (mean, count) = RepeatSpend(customer, basis);
            var perOrder = spend?.ExpectedSpend(count, mean) ?? (count > 0 ? mean : meanSpend);
            var orders = lifetime.ExpectedPurchases(history, task.Horizon.Weeks);
            var written = lifetime.PurchaseProbabilities(history, task.Horizon.Weeks, counts.AsSpan());
            return new Forecast(orders * perOrder * kept, orders)
            {
                Alive = lifetime.ProbabilityAlive(history),
                Counts = ImmutableArray.Create(counts, 0, written),
            };
        }
    }
}
