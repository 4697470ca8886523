using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Valuation.Drift;

/// <summary>
/// Sums what came of a month's predictions over buyers who are read one after the other: <see cref="PredictionRecord.Compare"/>.
/// </summary>
/// <param name="record">What was predicted.</param>
/// <param name="model">The same model.</param>
/// <param name="market">The market calendar.</param>
/// <param name="store">The store.</param>
public sealed class CalibrationTally(PredictionRecord record, IValueModel model, MarketCalendar market, StoreSettings store)
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
        _happened[PredictionRecord.GroupOf(_starts, value)].Add(came.Length, came.Length - orders, spent, spent - value);
    }

    /// <summary>The month's predictions beside what came.</summary>
    public Calibration Compare() => new(record.MadeOn, record.Until, [.. record.Groups.Zip(_happened, (g, h) => h.Beside(g))]);

    private struct Happened
    {
        private double _orders, _value, _squaredOrders, _squaredValue;

        public void Add(double orders, double orderError, double value, double valueError)
        {
            _orders += orders;
            _value += value;
            _squaredOrders += orderError * orderError;
            _squaredValue += valueError * valueError;
        }

        public readonly CalibrationGroup Beside(PredictedGroup group) => new(
            group.Customers, new Level(group.Orders, _orders, Math.Sqrt(_squaredOrders)), new Level(group.Value, _value, Math.Sqrt(_squaredValue)));
    }
}
