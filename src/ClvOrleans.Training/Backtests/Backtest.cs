using System.Collections.Immutable;
using System.Diagnostics;
using ClvOrleans.Model.Estimates;
using ClvOrleans.Model.Lifetime;

namespace ClvOrleans.Training.Backtests;

/// <summary>Fits models to the past, lets them forecast the holdout, and judges them by it.</summary>
public static class Backtest
{
    private const int Chunk = 1_024;

    /// <summary>Runs it. The models see the history only as of the calibration's end.</summary>
    /// <param name="whole">The history as of the holdout's end.</param>
    /// <param name="calibrationEnd">The last day that models may see.</param>
    /// <param name="models">The models, in the order of the rows.</param>
    /// <param name="value">Which value is judged.</param>
    /// <param name="seed">Decides all randomness.</param>
    /// <param name="progress">Told the name of each model as its turn comes.</param>
    /// <param name="cancellation">Stops between models.</param>
    /// <exception cref="BacktestException">Nobody paid in the calibration, or the holdout holds no purchase of those who did.</exception>
    public static BacktestResult Run(
        StoreHistory whole,
        DateOnly calibrationEnd,
        IReadOnlyList<IForecastModel> models,
        ValueKind value = ValueKind.Gross,
        int seed = 1,
        Action<string>? progress = null,
        CancellationToken cancellation = default)
    {
        if (calibrationEnd >= whole.End)
        {
            throw new BacktestException($"The calibration ends on {calibrationEnd:O}, not before the holdout's end {whole.End:O}.");
        }

        var task = new ForecastTask(value, new Horizon(whole.End.DayNumber - calibrationEnd.DayNumber), seed);
        var past = whole.Until(calibrationEnd);
        if (past.Buyers.IsEmpty)
        {
            throw new BacktestException($"Nobody has a paid order up to the calibration's end {calibrationEnd:O}.");
        }

        var outcomes = whole.OutcomesOf(past, value);
        if (outcomes.All(o => o.Orders == 0))
        {
            throw new BacktestException(
                $"The holdout is empty: after {calibrationEnd:O} up to {whole.End:O} no one of the calibration has a paid order.");
        }

        var rows = ImmutableArray.CreateBuilder<BacktestRow>();
        foreach (var model in models)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Invoke(model.Name);
            rows.Add(RowOf(model, past, task, new Scorer(outcomes, whole.Store.Currency)));
        }

        return new BacktestResult
        {
            Task = task,
            Past = past,
            HoldoutEnd = whole.End,
            Outcomes = outcomes,
            DailyRepeats = DailyRepeats(whole, past),
            Rows = rows.ToImmutable(),
        };
    }

    private static BacktestRow RowOf(IForecastModel model, StoreHistory past, ForecastTask task, Scorer scorer)
    {
        var start = Stopwatch.GetTimestamp();
        IForecaster forecaster;
        try
        {
            forecaster = model.Fit(past, task);
        }
        catch (FitException e)
        {
            return new BacktestRow
            {
                Model = model.Name,
                Description = $"not fitted: {e.Message}",
                FitTime = Stopwatch.GetElapsedTime(start),
            };
        }

        var fitTime = Stopwatch.GetElapsedTime(start);
        start = Stopwatch.GetTimestamp();
        var forecasts = new Forecast[past.Buyers.Length];
        Parallel.For(0, (forecasts.Length + Chunk - 1) / Chunk, chunk =>
        {
            var (from, to) = (chunk * Chunk, Math.Min(forecasts.Length, (chunk + 1) * Chunk));
            var made = forecaster.Forecast(past.Buyers[from..to]);
            for (var i = from; i < to; i++)
            {
                scorer.Add(i, made[i - from]);
                forecasts[i] = made[i - from] with { Counts = [] };
            }
        });
        var forecastTime = Stopwatch.GetElapsedTime(start);
        if (Array.FindIndex(forecasts, f => !double.IsFinite(f.Value) || !double.IsFinite(f.Orders)) is >= 0 and var bad)
        {
            return new BacktestRow
            {
                Model = model.Name,
                Description = $"not judged: the forecast of customer {past.Buyers[bad].Id.Id} is no number",
                FitTime = fitTime,
                ForecastTime = forecastTime,
            };
        }

        var list = ImmutableArray.Create(forecasts);
        return new BacktestRow
        {
            Model = model.Name,
            Description = forecaster.Description,
            Score = scorer.Finish(list),
            Forecasts = list,
            NewCustomer = NewCustomer(forecaster, past, task),
            FitTime = fitTime,
            ForecastTime = forecastTime,
        };
    }

    private static ImmutableArray<double> NewCustomer(IForecaster forecaster, StoreHistory past, ForecastTask task)
    {
        if (forecaster.ExpectedRepeats(0) is null)
        {
            return [];
        }

        var days = past.End.DayNumber - past.FirstPurchase.DayNumber + task.Horizon.Days;
        return [.. Enumerable.Range(0, days + 2).Select(day => forecaster.ExpectedRepeats(day / 7.0)!.Value)];
    }

    private static ImmutableArray<int> DailyRepeats(StoreHistory whole, StoreHistory past)
    {
        var first = past.FirstPurchase;
        var days = new int[whole.End.DayNumber - first.DayNumber + 1];
        var later = whole.Customers.ToDictionary(c => c.Id);
        foreach (var buyer in past.Buyers)
        {
            foreach (var day in later[buyer.Id].Summary.PurchaseDays.Where(d => d.Day > buyer.FirstPurchase))
            {
                days[day.Day.DayNumber - first.DayNumber]++;
            }
        }

        return [.. days];
    }
}
