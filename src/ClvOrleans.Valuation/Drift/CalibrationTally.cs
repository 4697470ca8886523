using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Estimates;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Valuation.Drift;

/// <summary>
/// Sums what came of a month's predictions over buyers who are read one after the other: <see cref="PredictionRecord.Compare"/>.
/// </summary>
/// <param name="record">What was predicted.</param>
/// <param name="model">The same model.</param>
/// <param name="market">The market calendar.</param>
/// <param name="store">The store.</param>
/// <param name="withIntervals">Whether it is counted how often what came was within the intervals, which take longer to predict.</param>
public sealed class CalibrationTally(
    PredictionRecord record, IValueModel model, MarketCalendar market, StoreSettings store, bool withIntervals = false)
{
    private readonly double[] _starts = [.. record.Groups.Select(g => g.From)];
    private readonly Happened[] _happened = new Happened[record.Groups.Length];

    /// <summary>Adds what a customer did, if they had bought when it was predicted.</summary>
    public void Add(CustomerSummary customer)
    {
        if (!PredictionRecord.HadBought(customer, record.MadeOn))
        {
            return;
        }

        var (orders, value) = PredictionRecord.Predict(model, customer, market, store, record.MadeOn, new Horizon(record.Days));
        var came = customer.PurchaseDays.Where(d => d.Day > record.MadeOn && d.Day <= record.Until).ToArray();
        var spent = came.Sum(d => (double)d.Net.Minor);
        ref var happened = ref _happened[PredictionRecord.GroupOf(_starts, value)];
        happened.Add(came.Length, came.Length - orders, spent, spent - value);
        if (withIntervals)
        {
            var undiscounted = store with { AnnualDiscountRate = 0 };
            var interval = model.Forecast(customer, market, undiscounted, record.MadeOn, new Horizon(record.Days)).Interval;
            happened.Add(interval, spent);
        }
    }

    /// <summary>The month's predictions beside what came.</summary>
    public Calibration Compare() => new(record.MadeOn, record.Until, [.. record.Groups.Zip(_happened, (g, h) => h.Beside(g))]);

    private struct Happened
    {
        private double _orders, _value, _squaredOrders, _squaredValue;
        private IntervalHits? _hits;

        public void Add(double orders, double orderError, double value, double valueError)
        {
            _orders += orders;
            _value += value;
            _squaredOrders += orderError * orderError;
            _squaredValue += valueError * valueError;
        }

        public void Add(ValueInterval interval, double spent) => _hits = (_hits ?? new IntervalHits(0, 0, 0)) + new IntervalHits(
            1, spent < (double)interval.Lower.Minor ? 1 : 0, spent > (double)interval.Upper.Minor ? 1 : 0);

        public readonly CalibrationGroup Beside(PredictedGroup group) => new(
            group.Customers, new Level(group.Orders, _orders, Math.Sqrt(_squaredOrders)),
            new Level(group.Value, _value, Math.Sqrt(_squaredValue)))
        {
            Hits = _hits,
        };
    }
}
