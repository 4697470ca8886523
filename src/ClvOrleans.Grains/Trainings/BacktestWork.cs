using ClvOrleans.Grains.Jobs;
using ClvOrleans.Grains.Market;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Training;
using ClvOrleans.Training.Backtests;
using ClvOrleans.Training.Backtests.Reports;
using ClvOrleans.Valuation.Jobs;

namespace ClvOrleans.Grains.Trainings;

/// <summary>Judges models by a store's own last months. Customers come as trainings gather them, never as all of their events.</summary>
internal sealed class BacktestWork(IStores stores, IStoreHistories histories, MarketCache markets) : IJobWork
{
    private const double Gathered = .3;

    /// <inheritdoc />
    public JobKind Kind => JobKind.Backtest;

    /// <inheritdoc />
    public async Task<JobOutcome> RunAsync(JobRun run)
    {
        try
        {
            var request = run.RequestAs<BacktestRequest>();
            run.Enter("Gathering the customers");
            var market = await markets.OfAsync(run.Store);
            var (whole, end) = await histories.GatherForBacktestAsync(
                stores.Find(run.Store), request.CalibrationEnd, request.HoldoutEnd, market,
                g => run.Enter($"Gathering the customers: {g}", Gathered * g.Done), run.Cancellation);
            var models = ForecastModels.Find(request.Names, market);
            var begun = 0;
            var result = Backtest.Run(
                whole, end, models, request.Rules,
                name => run.Enter($"Judging {name}", Gathered + ((1 - Gathered) * begun++ / models.Count)), run.Cancellation);
            return JobOutcome.Success(JobJson.Of(BacktestView.Of(result)));
        }
        catch (BacktestException e)
        {
            return JobOutcome.Refusal(e.Message);
        }
    }
}
