using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;
using ClvOrleans.Valuation.Ensemble;

namespace ClvOrleans.Training.Backtests.Models;

/// <summary>
/// The classical formula: average order value × frequency × lifetime × margin - acquisition cost. Value and frequency are the customer's
/// own so far. The lifetime is the store's, 1 / churn: half of the history over the share of the buyers of its first half who did not buy
/// in its second; what lies within the horizon counts. A store's settings know no acquisition cost.
/// </summary>
internal sealed class ClassicalValue : IForecastModel
{
    private const double Year = 365;

    public string Name => "classical";

    public IForecaster Fit(StoreHistory past, ForecastTask task) => new Fitted(past, task, LifetimeDays(past));

    /// <summary>Mean days that a buyer stays; infinite where nobody has been seen to leave.</summary>
    internal static double LifetimeDays(StoreHistory past)
    {
        var half = (past.End.DayNumber - past.FirstPurchase.DayNumber) / 2;
        var middle = past.End.AddDays(-half);
        var paid = past.Buyers.Select(c => c.Summary.PurchaseDays.Where(d => d.Gross > Money.Zero).Select(d => d.Day).ToArray()).ToArray();
        var before = paid.Where(days => days[0] <= middle).ToArray();
        var left = before.Count(days => days[^1] <= middle);
        return left == 0 || half == 0 ? double.PositiveInfinity : (double)half * before.Length / left;
    }

    private sealed class Fitted(StoreHistory past, ForecastTask task, double lifetimeDays) : IForecaster
    {
        private readonly double _years = Math.Min(lifetimeDays, task.Horizon.Days) / Year;
        private readonly double _margin = task.Value == ValueKind.Margin ? past.Store.MarginBasisPoints / 10_000.0 : 1;

        // The margin is the formula's; before it the value is net.
        private readonly ValueKind _before = task.Value == ValueKind.Gross ? ValueKind.Gross : ValueKind.Net;

        public string Description => double.IsFinite(lifetimeDays)
            ? FormattableString.Invariant($"a customer stays {lifetimeDays:0} days, of which {_years * Year:0} count")
            : "nobody has been seen to leave";

        public IReadOnlyList<Forecast> Forecast(IReadOnlyList<AsOfSnapshot> customers) => [.. customers.Select(c =>
        {
            var all = HoldoutOutcome.Of(c.Summary, Money.Zero, DateOnly.MinValue, past.End, _before, past.Store);
            var perYear = all.Orders * Year / MeanRate.DaysSoFar(c, past.End);
            var value = ClassicalFormula.Value(Math.Max(0.0, (double)all.Value.Minor) / all.Orders, perYear, _years, _margin, 0);
            return Forecasts.Forecast.OfRate(value, perYear * _years);
        })];
    }
}
