using System.Collections.Immutable;
using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Estimates;
using ClvOrleans.Model.Market;
using ClvOrleans.Model.Stores;

namespace ClvOrleans.Model.Drift;

/// <summary>What a model predicted of all buyers, by tenths: kept when it was predicted, to be compared with what happened.</summary>
public sealed record PredictionRecord
{
    /// <summary>How far ahead it looks.</summary>
    public static readonly Horizon Ahead = new(30);

    private const int Tenths = 10;

    /// <summary>The model version.</summary>
    public required string Model { get; init; }

    /// <summary>The local day as of which it was predicted; the days after it are predicted.</summary>
    public required DateOnly MadeOn { get; init; }

    /// <summary>Number of days predicted.</summary>
    public required int Days { get; init; }

    /// <summary>By predicted value, the least first; buyers of equal value are in one group, so that there may be fewer than ten.</summary>
    public required ImmutableArray<PredictedGroup> Groups { get; init; }

    /// <summary>Last of the days predicted.</summary>
    public DateOnly Until => MadeOn.AddDays(Days);

    /// <summary>Predicts; null where nobody has bought.</summary>
    public static PredictionRecord? Of(
        IValueModel model, IEnumerable<CustomerSummary> customers, MarketCalendar market, StoreSettings store, DateOnly day)
    {
        var predicted = customers.Where(c => HadBought(c, day)).Select(c => Predict(model, c, market, store, day, Ahead))
            .OrderBy(p => p.Value).ToArray();
        if (predicted.Length == 0)
        {
            return null;
        }

        double[] starts = [.. Enumerable.Range(0, Tenths).Select(i => predicted[predicted.Length * i / Tenths].Value).Distinct()];
        return new PredictionRecord
        {
            Model = model.Version.Id,
            MadeOn = day,
            Days = Ahead.Days,
            Groups =
            [
                .. predicted.GroupBy(p => GroupOf(starts, p.Value)).OrderBy(g => g.Key)
                    .Select(g => new PredictedGroup(starts[g.Key], g.Count(), g.Sum(p => p.Orders), g.Sum(p => p.Value))),
            ],
        };
    }

    /// <summary>
    /// Compares it with what happened. Who was in which group is predicted again: an estimate is a function of what was known on its day. What
    /// a summary cannot tell of that day (behaviour of an unfinished week, later refunds) may put a few customers into a neighbouring group of a
    /// model that reads it.
    /// </summary>
    /// <param name="model">The same model.</param>
    /// <param name="customers">The buyers, as of <see cref="Until"/> or later.</param>
    /// <param name="market">The market calendar.</param>
    /// <param name="store">The store.</param>
    public Calibration Compare(IValueModel model, IEnumerable<CustomerSummary> customers, MarketCalendar market, StoreSettings store)
    {
        double[] starts = [.. Groups.Select(g => g.From)];
        var happened = new Happened[starts.Length];
        foreach (var customer in customers.Where(c => HadBought(c, MadeOn)))
        {
            var (orders, value) = Predict(model, customer, market, store, MadeOn, new Horizon(Days));
            var came = customer.PurchaseDays.Where(d => d.Day > MadeOn && d.Day <= Until).ToArray();
            var spent = came.Sum(d => (double)d.Net.Minor);
            happened[GroupOf(starts, value)].Add(came.Length, came.Length - orders, spent, spent - value);
        }

        return new Calibration(MadeOn, Until, [.. Groups.Zip(happened, (g, h) => h.Beside(g))]);
    }

    private static bool HadBought(CustomerSummary customer, DateOnly day) => customer.PurchaseDays.Length > 0 && customer.PurchaseDays[0].Day <= day;

    private static (double Orders, double Value) Predict(
        IValueModel model, CustomerSummary customer, MarketCalendar market, StoreSettings store, DateOnly day, Horizon horizon)
    {
        var estimate = model.Estimate(customer, market, store with { AnnualDiscountRate = 0 }, day, horizon);
        return (estimate.ExpectedOrders, (double)estimate.Value.Minor);
    }

    private static int GroupOf(double[] starts, double value)
    {
        var at = Array.BinarySearch(starts, value);
        return at >= 0 ? at : Math.Max(0, ~at - 1);
    }

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
