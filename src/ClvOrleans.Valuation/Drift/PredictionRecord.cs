using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Valuation.Drift;

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
        var predictions = new PredictionTally(model, market, store, day);
        foreach (var customer in customers)
        {
            predictions.Add(customer);
        }

        return predictions.ToRecord();
    }

    /// <summary>The record of some buyers' predictions; null where there are none.</summary>
    internal static PredictionRecord? Of(string model, DateOnly day, IEnumerable<(double Orders, double Value)> predictions)
    {
        var predicted = predictions.OrderBy(p => p.Value).ToArray();
        if (predicted.Length == 0)
        {
            return null;
        }

        double[] starts = [.. Enumerable.Range(0, Tenths).Select(i => predicted[predicted.Length * i / Tenths].Value).Distinct()];
        return new PredictionRecord
        {
            Model = model,
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
    /// Compares it with what happened. Who was in which group is predicted again: an estimate is a function of what was known on its day.
    /// What a summary cannot tell of that day (behaviour of an unfinished week, later refunds) may put a few customers into a neighbouring
    /// group of a model that reads it.
    /// </summary>
    /// <param name="model">The same model.</param>
    /// <param name="customers">The buyers, as of <see cref="Until"/> or later.</param>
    /// <param name="market">The market calendar.</param>
    /// <param name="store">The store.</param>
    public Calibration Compare(IValueModel model, IEnumerable<CustomerSummary> customers, MarketCalendar market, StoreSettings store)
    {
        var tally = new CalibrationTally(this, model, market, store);
        foreach (var customer in customers)
        {
            tally.Add(customer);
        }

        return tally.Compare();
    }

    internal static bool HadBought(CustomerSummary customer, DateOnly day) =>
        customer.PurchaseDays.Length > 0 && customer.PurchaseDays[0].Day <= day;

    internal static (double Orders, double Value) Predict(
        IValueModel model, CustomerSummary customer, MarketCalendar market, StoreSettings store, DateOnly day, Horizon horizon)
    {
        var estimate = model.Estimate(customer, market, store with { AnnualDiscountRate = 0 }, day, horizon);
        return (estimate.ExpectedOrders, (double)estimate.Value.Minor);
    }

    internal static int GroupOf(double[] starts, double value)
    {
        var at = Array.BinarySearch(starts, value);
        return at >= 0 ? at : Math.Max(0, ~at - 1);
    }
}
