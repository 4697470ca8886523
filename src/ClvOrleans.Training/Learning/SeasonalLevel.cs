using ClvOrleans.Model.Estimates;
using ClvOrleans.Model.Lifetime;
using ClvOrleans.Model.Spend;
using ClvOrleans.Training.Backtests;
using ClvOrleans.Training.Backtests.Models;

namespace ClvOrleans.Training.Learning;

/// <summary>
/// What all buyers together will spend: a buy-till-you-die model on the seasonal clock. Learned models are told this level, since the windows
/// that they learn from are of other seasons and of a younger store.
/// </summary>
internal static class SeasonalLevel
{
    /// <summary>The sum over all buyers of a past.</summary>
    /// <exception cref="FitException">The data do not carry the models.</exception>
    public static double Of(StoreHistory past, ForecastTask task)
    {
        var clock = SeasonalClock.Of(past);
        var histories = new PurchaseHistory[past.Buyers.Length];
        Parallel.For(0, histories.Length, i => histories[i] = clock.HistoryOf(past.Buyers[i].Summary, past.End));
        var spends = past.Buyers.Select(c => RepeatSpend.Of(c.Summary, task.Value)).ToArray();
        var forecaster = new ValueForecaster(
            LifetimeModels.Fit("pareto-nbd", histories).Model, SpendModels.Fit(spends).Model, clock.Weeks(past.End, past.End.AddDays(task.Horizon.Days)), 0);
        var values = new double[histories.Length];
        Parallel.For(0, values.Length, i => values[i] = forecaster.Forecast(histories[i], spends[i].Count, spends[i].Mean, [], []).Value);
        return values.Sum() * RepeatSpend.KeptShare(past, task.Value);
    }
}
