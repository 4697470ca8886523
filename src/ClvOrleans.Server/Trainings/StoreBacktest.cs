using ClvOrleans.Grains.Market;
using ClvOrleans.Grains.Trainings;
using ClvOrleans.Server.Jobs;
using ClvOrleans.Server.Stores;
using ClvOrleans.Training;
using ClvOrleans.Training.Backtests;
using ClvOrleans.Training.Backtests.Reports;
using ClvOrleans.Valuation.Jobs;

namespace ClvOrleans.Server.Trainings;

/// <summary>Judges models by the store's own last months, as a job. Customers come as trainings gather them, never as all of their events.</summary>
internal sealed class StoreBacktest(OneStore store, JobRunner jobs, IStoreHistories histories, MarketCache markets)
{
    private const double Gathered = .3;

    /// <summary>Begins a backtest; null where a job is under way already.</summary>
    /// <param name="subject">What was asked for: a version or names of models.</param>
    /// <param name="names">Names of the models.</param>
    /// <param name="calibrationEnd">The last day that they may see; null for the default.</param>
    /// <param name="holdoutEnd">The last day of the holdout; null for the last purchase.</param>
    /// <param name="rules">How they are judged.</param>
    public Task<Job?> BeginAsync(string subject, string[] names, DateOnly? calibrationEnd, DateOnly? holdoutEnd, BacktestRules rules) =>
        jobs.TryBeginAsync(JobKind.Backtest, subject, async job =>
        {
            try
            {
                job.Enter("Gathering the customers");
                var market = await markets.OfAsync(store.Settings.Id);
                var (whole, end) = await histories.GatherForBacktestAsync(
                    store.Settings, calibrationEnd, holdoutEnd, market, g => job.Enter($"Gathering the customers: {g}", Gathered * g.Done),
                    job.Cancellation);
                var models = ForecastModels.Find(names, market);
                var begun = 0;
                var result = Backtest.Run(
                    whole, end, models, rules, name => job.Enter($"Judging {name}", Gathered + ((1 - Gathered) * begun++ / models.Count)), job.Cancellation);
                return JobOutcome.Success(JobResults.Of(BacktestView.Of(result)));
            }
            catch (BacktestException e)
            {
                return JobOutcome.Refusal(e.Message);
            }
        });
}
