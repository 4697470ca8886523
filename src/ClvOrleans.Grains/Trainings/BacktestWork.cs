using ClvOrleans.Grains.Jobs;
using ClvOrleans.Grains.Market;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Training;
using ClvOrleans.Training.Backtests;
using ClvOrleans.Training.Backtests.Reports;
using ClvOrleans.Valuation.Jobs;

namespace ClvOrleans.Grains.Trainings;

/// <summary>Judges models by a store's own last months. Customers are collected as for trainings, never as all of their events.</summary>
internal sealed class BacktestWork(IStores stores, IStoreHistories histories, MarketCache markets) : IJobWork
{
    private const double Collected = .3;

    /// <inheritdoc />
    public JobKind Kind => JobKind.Backtest;

    /// <inheritdoc />
    public async Task<JobOutcome> RunAsync(JobRun run)
    {
        try
        {
            var request = run.RequestAs<BacktestRequest>();
            run.Enter("Collecting the customers");
            var market = await markets.OfAsync(run.Store);
            var models = ForecastModels.Find(request.Names, market);
            var (whole, end) = await histories.CollectForBacktestAsync(
                stores.Find(run.Store), request.CalibrationEnd, request.HoldoutEnd, models, request.Rules, market,
                c => run.Enter($"Collecting the customers: {c}", Collected * c.Done), run.Cancellation);
            var begun = 0;
            var result = Backtest.Run(
                whole, end, models, request.Rules,
                name => run.Enter($"Judging {name}", Collected + ((1 - Collected) * begun++ / models.Count)), run.Cancellation);
            return JobOutcome.Success(JobJson.Of(BacktestView.Of(result)));
        }
        catch (BacktestException e)
        {
            return JobOutcome.Refusal(e.Message);
        }
    }
}
