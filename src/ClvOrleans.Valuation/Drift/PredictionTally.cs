using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Valuation.Drift;

/// <summary>Predicts the next days of buyers who are read one after the other; two numbers of each are kept.</summary>
/// <param name="model">The model.</param>
/// <param name="market">The market calendar.</param>
/// <param name="store">The store.</param>
/// <param name="day">The day as of which is predicted.</param>
public sealed class PredictionTally(IValueModel model, MarketCalendar market, StoreSettings store, DateOnly day)
{
    private readonly List<(double Orders, double Value)> _predictions = [];

    /// <summary>Predicts a customer, if they had bought by the day.</summary>
    public void Add(CustomerSummary customer)
    {
        if (PredictionRecord.HadBought(customer, day))
        {
            _predictions.Add(PredictionRecord.Predict(model, customer, market, store, day, PredictionRecord.Ahead));
        }
    }

    /// <summary>The predictions by tenths; null where nobody had bought.</summary>
    public PredictionRecord? ToRecord() => PredictionRecord.Of(model.Version.Id, day, _predictions);
}
