using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;

namespace ClvOrleans.Training.Backtests;

/// <summary>
/// A model under k-fold cross-validation over customers: it is fitted once for each fold, to the history of those outside of it, and
/// forecasts those within. So each is forecast once, by a fit that knows nothing of them but what it is asked with.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="folds">The folds of the history that it will be fitted to.</param>
/// <param name="cancellation">Stops between folds.</param>
internal sealed class CrossValidation(IForecastModel model, Folds folds, CancellationToken cancellation) : IForecastModel
{
    public string Name => model.Name;

    public IEnumerable<DateOnly> AsOfDays(HistorySpan span, ForecastTask task) => model.AsOfDays(span, task);

    public IForecaster Fit(StoreHistory past, ForecastTask task)
    {
        var fitted = ImmutableArray.CreateBuilder<IForecaster>(folds.Count);
        for (var fold = 0; fold < folds.Count; fold++)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                fitted.Add(model.Fit(folds.Outside(past, fold), task));
            }
            catch (FitException e)
            {
                throw new FitException($"{e.Message} (without fold {fold + 1} of {folds.Count})", e);
            }
        }

        return new Fitted(folds, fitted.MoveToImmutable());
    }

    private sealed class Fitted(Folds folds, ImmutableArray<IForecaster> outside) : IForecaster
    {
        public string Description => $"{folds.Count} folds, without the first: {outside[0].Description}";

        public IReadOnlyList<Forecast> Forecast(IReadOnlyList<AsOfSnapshot> customers)
        {
            var forecasts = new Forecast[customers.Count];
            foreach (var fold in customers.Index().GroupBy(c => folds.Of(c.Item.Id)))
            {
                var made = outside[fold.Key].Forecast([.. fold.Select(c => c.Item)]);
                foreach (var (place, forecast) in fold.Zip(made, (c, f) => (c.Index, f)))
                {
                    forecasts[place] = forecast;
                }
            }

            return forecasts;
        }

        // Of one who is in no fold: the mean.
        public double? ExpectedRepeats(double weeks)
        {
            var expected = outside.Select(f => f.ExpectedRepeats(weeks)).ToArray();
            return expected.Contains(null) ? null : expected.Average();
        }
    }
}
