using System.Collections.Immutable;
using System.Diagnostics;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;
using ClvOrleans.Training.Validation;

namespace ClvOrleans.Training.Backtests;

/// <summary>Fits models to the past, lets them forecast the holdout, and judges them by it.</summary>
public static class Backtest
{
    private const int Chunk = 1_024;
    private const int MostHoldoutDays = 3_650;

    /// <summary>Runs it. The models see the history only as of the calibration's end.</summary>
    /// <param name="whole">The history as of the holdout's end.</param>
    /// <param name="calibrationEnd">The last day that models may see.</param>
    /// <param name="models">The models, in the order of the rows.</param>
    /// <param name="rules">How it judges; the defaults of <see cref="BacktestRules"/> where it is null.</param>
    /// <param name="progress">Told the name of each model as its turn comes.</param>
    /// <param name="cancellation">Stops between models and folds.</param>
    /// <exception cref="BacktestException">
    /// Nobody paid in the calibration, or fewer than there are folds, or the holdout holds no purchase of those who did.
    /// </exception>
    public static BacktestResult Run(
        StoreHistory whole,
        DateOnly calibrationEnd,
        IReadOnlyList<IForecastModel> models,
        BacktestRules? rules = null,
        Action<string>? progress = null,
        CancellationToken cancellation = default)
    {
        if (calibrationEnd >= whole.End)
        {
            throw new BacktestException($"The calibration ends on {calibrationEnd:O}, not before the holdout's end {whole.End:O}.");
        }

        rules ??= new BacktestRules();
        var window = new Window(calibrationEnd, whole.End);
        var task = TaskOf(window, rules);
        var holdout = PastWindow.Of(whole, window, rules.Value);
        var past = holdout.Before;
        if (past.Buyers.IsEmpty)
        {
            throw new BacktestException($"Nobody has a paid order up to the calibration's end {calibrationEnd:O}.");
        }

        if (holdout.Outcomes.All(o => o.Orders == 0))
        {
            throw new BacktestException(
                $"The holdout is empty: after {calibrationEnd:O} up to {whole.End:O} no one of the calibration has a paid order.");
        }

        var folds = rules.Folds is { } count ? Folds.Deal(past, count, rules.Seed) : null;
        var rows = ImmutableArray.CreateBuilder<BacktestRow>();
        foreach (var model in models)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Invoke(model.Name);
            var tested = folds is null ? model : new CrossValidation(model, folds, cancellation);
            rows.Add(RowOf(tested, past, task, Judge.Of(holdout, rules.Threshold), folds));
        }

        return new BacktestResult
        {
            Task = task,
            Rules = rules,
            Past = past,
            HoldoutEnd = whole.End,
            Outcomes = holdout.Outcomes,
            DailyRepeats = DailyRepeats(whole, past),
            Rows = rows.ToImmutable(),
        };
    }

    /// <summary>The days, besides the holdout's end, as of which a backtest asks for customers.</summary>
    /// <param name="span">The days up to the holdout's end.</param>
    /// <param name="calibrationEnd">The last day that models may see.</param>
    /// <param name="models">The models.</param>
    /// <param name="rules">How it judges.</param>
    /// <exception cref="BacktestException">The calibration does not end before the holdout, or too long before.</exception>
    public static IReadOnlyCollection<DateOnly> AsOfDays(
        HistorySpan span, DateOnly calibrationEnd, IReadOnlyList<IForecastModel> models, BacktestRules rules)
    {
        var window = new Window(calibrationEnd, span.End);
        if (window.Days is < 1 or > MostHoldoutDays)
        {
            throw new BacktestException(
                $"The calibration ends on {calibrationEnd:yyyy-MM-dd}, which is not 1 to {MostHoldoutDays} days before the holdout's end "
                + $"{span.End:yyyy-MM-dd}.");
        }

        var (past, task) = (span.Until(calibrationEnd), TaskOf(window, rules));
        return [calibrationEnd, .. models.SelectMany(m => m.AsOfDays(past, task))];
    }

    private static ForecastTask TaskOf(Window window, BacktestRules rules) => new(rules.Value, new Horizon(window.Days), rules.Seed);

    private static BacktestRow RowOf(IForecastModel model, StoreHistory past, ForecastTask task, Judge judge, Folds? folds)
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
                judge.Add(i, made[i - from]);
                forecasts[i] = made[i - from] with { Counts = [], Buys = made[i - from].Buys };
            }
        });
        var forecastTime = Stopwatch.GetElapsedTime(start);
        if (Array.FindIndex(forecasts, f => !IsSound(f)) is >= 0 and var bad)
        {
            return new BacktestRow
            {
                Model = model.Name,
                Description = $"not scored: the forecast of customer {past.Buyers[bad].Id.Id} is not a number or not a probability",
                FitTime = fitTime,
                ForecastTime = forecastTime,
            };
        }

        return new BacktestRow
        {
            Model = model.Name,
            Description = forecaster.Description,
            Score = judge.Finish(),
            Folds = folds is null ? [] : [.. OfFolds(folds, past).Select(judge.Finish)],
            Forecasts = ImmutableArray.Create(forecasts),
            NewCustomer = NewCustomer(forecaster, past, task),
            FitTime = fitTime,
            ForecastTime = forecastTime,
        };
    }

    private static bool IsSound(Forecast forecast) =>
        double.IsFinite(forecast.Value) && double.IsFinite(forecast.Orders) && forecast.Buys is null or (>= 0 and <= 1);

    private static IEnumerable<int[]> OfFolds(Folds folds, StoreHistory past) => Enumerable.Range(0, folds.Count)
        .Select(fold => Enumerable.Range(0, past.Buyers.Length).Where(i => folds.Of(past.Buyers[i].Id) == fold).ToArray());

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
