using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Training.Backtests;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;

namespace ClvOrleans.Grains.Trainings;

/// <summary>What trainings and backtests learn from.</summary>
public interface IStoreHistories
{
    /// <summary>A store's history up to a day, for a training.</summary>
    /// <param name="store">The store.</param>
    /// <param name="until">The last local day to be seen; null for that of the last purchase, or today without any.</param>
    /// <param name="market">Promotions, seasons and competitors.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellation">Stops it.</param>
    Task<StoreHistory> CollectAsync(
        StoreSettings store, DateOnly? until, MarketCalendar market, Action<CollectionProgress>? progress = null,
        CancellationToken cancellation = default);

    /// <summary>A store's history up to the end of a holdout, for a backtest, and the last day that its models may see.</summary>
    /// <param name="store">The store.</param>
    /// <param name="calibrationEnd">That day; null for the holdout's end less the store's horizon, at most half of all the time.</param>
    /// <param name="holdoutEnd">The last local day of the holdout; null for that of the last purchase.</param>
    /// <param name="models">The models that will be judged.</param>
    /// <param name="rules">How they will be judged.</param>
    /// <param name="market">Promotions, seasons and competitors.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="BacktestException">There is nothing to test, or the days do not fit.</exception>
    Task<(StoreHistory Whole, DateOnly CalibrationEnd)> CollectForBacktestAsync(
        StoreSettings store, DateOnly? calibrationEnd, DateOnly? holdoutEnd, IReadOnlyList<IForecastModel> models, BacktestRules rules,
        MarketCalendar market, Action<CollectionProgress>? progress = null, CancellationToken cancellation = default);
}
