using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Training.Validation.Metrics;
using ClvOrleans.Valuation.Drift;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Training.Validation;

/// <summary>
/// Compares totals that were predicted on one day with what came, over buyers who are read one after the other: those of an own segment,
/// which is then the only group, or all. Who was in which lifecycle is predicted again, by the same model as of the same day, as
/// <see cref="PredictionRecord.Compare"/> does.
/// </summary>
/// <param name="totals">The totals: of one model, one day and one horizon.</param>
/// <param name="model">The same model.</param>
/// <param name="market">The market calendar.</param>
/// <param name="store">The store.</param>
public sealed class OutcomeTally(IReadOnlyList<PredictedTotal> totals, IValueModel model, MarketCalendar market, StoreSettings store)
{
    private readonly StoreSettings _undiscounted = store with { AnnualDiscountRate = 0 };
    private readonly string? _only = totals[0].Segment is null ? null : totals[0].Group;
    private readonly Horizon _horizon = new(totals[0].Days);
    private readonly DateOnly _madeOn = totals[0].MadeOn;
    private readonly DateOnly _until = totals[0].Until;
    private readonly Dictionary<string, Came> _came = totals.ToDictionary(t => t.Group, _ => new Came(), StringComparer.Ordinal);

    /// <summary>Adds what a customer did, if they had bought when it was predicted.</summary>
    public void Add(CustomerSummary customer)
    {
        if (customer.PurchaseDays.IsEmpty || customer.PurchaseDays[0].Day > _madeOn)
        {
            return;
        }

        var forecast = model.Forecast(customer, market, _undiscounted, _madeOn, _horizon);
        var spent = customer.PurchaseDays.Where(d => d.Day > _madeOn && d.Day <= _until).Sum(d => (double)d.Net.Minor);
        var (lower, upper) = ((double)forecast.Interval.Lower.Minor, (double)forecast.Interval.Upper.Minor);
        foreach (var group in _only is null ? TotalsTally.GroupsOf(forecast, customer, _madeOn) : [_only])
        {
            if (_came.TryGetValue(group, out var came))
            {
                came.Spent += spent;
                came.Variance += forecast.Variance;
                came.Hazard += forecast.Hazard;
                came.Hits += new IntervalHits(1, spent < lower ? 1 : 0, spent > upper ? 1 : 0);
                came.Score += IntervalScore.Of(lower, upper, PredictedTotal.Level, spent);
            }
        }
    }

    /// <summary>The totals with what came of them.</summary>
    public IReadOnlyList<PredictedTotal> Compare() =>
    [
        .. totals.Select(t => (Total: t, Came: _came[t.Group])).Select(g => g.Total with
        {
            Outcome = new TotalOutcome(
                g.Came.Spent,
                model.Intervals.OfTotal(g.Total.Expected, g.Came.Variance, g.Came.Hazard, _horizon).Cumulative(g.Came.Spent),
                g.Came.Hits,
                g.Came.Hits.Customers == 0 ? 0 : g.Came.Score / g.Came.Hits.Customers),
        }),
    ];

    private sealed class Came
    {
        public double Spent { get; set; }

        public double Variance { get; set; }

        public double Hazard { get; set; }

        public IntervalHits Hits { get; set; } = new(0, 0, 0);

        public double Score { get; set; }
    }
}
