using System.ComponentModel;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Jobs;
using ClvOrleans.Grains.Trainings;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.Jobs;
using ClvOrleans.Storage.Models;
using ClvOrleans.Training;
using ClvOrleans.Training.Backtests;
using ClvOrleans.Training.Backtests.Reports;
using ClvOrleans.Valuation.Ensemble;
using ClvOrleans.Valuation.Jobs;

namespace ClvOrleans.Server.Api;

/// <summary>Judging models by the store's own last months.</summary>
internal static class BacktestEndpoints
{
    public static void MapBacktests(this IEndpointRouteBuilder api)
    {
        api.MapGet("/models/{id}/backtest", async (string id, OneStore store, IJobRecords records, CancellationToken cancellation) =>
                JobEndpoints.Last(
                    await records.FindLastAsync(store.Settings.Id, JobKind.Backtest, id, cancellation), $"backtest of '{id}'"))
            .Answers<BacktestView>(400, 404).WithTags("Models").WithSummary("The last backtest of these models");
        api.MapPost("/models/{id}/backtest", RunAsync).AnswersJob(400, 404, 409)
            .WithTags("Models").WithSummary("Backtest")
            .WithDescription(
                "Begins a job that fits the model as of an earlier day and scores it on the days after, next to naive baselines. The id is "
                    + "a version, whose family "
                + "is fitted anew, or names of families and champion with commas between, or all. One job runs at a time.");
    }

    private static async Task<IResult> RunAsync(
        string id,
        [Description(
            "Last local day that the model may see. Default the holdout's end less the store's horizon, at most half of all the time.")]
        string? calibrationEnd,
        [Description("Last local day of the holdout, today at the latest. Default the last purchase.")]
        string? holdoutEnd,
        [Description("gross (default), net or margin.")]
        string? value,
        [Description("Seed of the random numbers. Default 1.")]
        int? seed,
        [Description("Folds of a cross-validation over customers, 2 to 20: each is forecast by fits to the others. Default none.")]
        int? folds,
        [Description("Probability from which a customer is predicted to buy again, between 0 and 1. Default 0.5.")]
        double? threshold,
        OneStore store, IModelRegistry registry, StoreJobs jobs, TimeProvider time, CancellationToken cancellation)
    {
        var today = store.Settings.DayOf(time.GetUtcNow());
        var calibration = QueryText.Day("calibrationEnd", calibrationEnd, today);
        var holdout = QueryText.Day("holdoutEnd", holdoutEnd, today);
        var rules = RulesOf(value ?? "gross", seed ?? 1, folds, threshold);

        var version = (await registry.ListAsync(store.Settings.Id, cancellation)).FirstOrDefault(v => v.Id == id);
        var names = version is null ? id.Split(',')
            : StackedModel.Is(version.Family) ? [ForecastModels.Champion]
            : [version.MarketEffects is null ? version.Family : $"{version.Family}-market"];
        if (names.FirstOrDefault(n => !ForecastModels.IsKnown(n)) is { } unknown)
        {
            return ApiErrors.Problem(StatusCodes.Status404NotFound, "unknown_model", $"There is no model '{unknown}' to test.");
        }

        if (calibration >= (holdout ?? today))
        {
            throw new QueryException(
                "calibrationEnd", $"{calibration:yyyy-MM-dd} is not before the holdout's end, {holdout ?? today:yyyy-MM-dd}");
        }

        return JobEndpoints.Answer(await jobs.BeginAsync(
            store.Settings.Id, JobKind.Backtest, id, new BacktestRequest([.. names], calibration, holdout, rules)));
    }

    private static BacktestRules RulesOf(string value, int seed, int? folds, double? threshold)
    {
        if (folds is < BacktestRules.LeastFolds or > BacktestRules.MostFolds)
        {
            throw new QueryException("folds", $"{folds} is not {BacktestRules.LeastFolds} to {BacktestRules.MostFolds}");
        }

        if (threshold is not (null or (> 0 and < 1)))
        {
            throw new QueryException("threshold", FormattableString.Invariant($"{threshold} is not between 0 and 1"));
        }

        var rules = new BacktestRules { Value = KindOf(value), Seed = seed, Folds = folds };
        return threshold is { } least ? rules with { Threshold = least } : rules;
    }

    private static ValueKind KindOf(string value) => value.ToLowerInvariant() switch
    {
        "gross" => ValueKind.Gross,
        "net" => ValueKind.Net,
        "margin" => ValueKind.Margin,
        _ => throw new QueryException("value", $"'{value}' is not gross, net or margin"),
    };
}
