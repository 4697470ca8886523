using System.Globalization;
using ClvOrleans.Contracts.Jobs;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Jobs;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Storage.Models;
using ClvOrleans.Valuation.Jobs;
using ClvOrleans.Valuation.Models;
using Microsoft.Extensions.Logging;

namespace ClvOrleans.Grains.Trainings;

/// <summary>Reports on the drift of a version. At night a training follows where it is due.</summary>
internal sealed partial class DriftWork(
    IStores stores, DriftReports reports, RetrainingRule rule, IModelRegistry registry, ILogger<DriftWork> logger) : IJobWork
{
    /// <inheritdoc />
    public JobKind Kind => JobKind.Drift;

    /// <inheritdoc />
    public async Task<JobOutcome> RunAsync(JobRun run)
    {
        var isNight = run.RequestAs<DriftRequest>().Night is not null;
        var report = await reports.MakeAsync(
            run.Store, await VersionAsync(run.Store, run.Record.Subject), keepsPredictions: isNight,
            (read, all) => Tell(run, read, all), run.Cancellation);
        if (isNight && !report.Reasons.IsEmpty)
        {
            LogDrift(report.Model, string.Join("; ", report.Reasons));
        }

        return JobOutcome.Success(JobJson.Of(ModelDrift.Of(report, stores.Find(run.Store).Currency)));
    }

    /// <inheritdoc />
    public async Task<BeginJob?> FollowAsync(JobRun run, JobOutcome outcome)
    {
        if (run.RequestAs<DriftRequest>().Night is not { } night)
        {
            return null;
        }

        var asks = outcome.Result is { } result && JobJson.Read<ModelDrift>(result).AsksForTraining;
        return await rule.FindAsync(run.Store, night, asks) is { } training
            ? new BeginJob(JobKind.Training, "", JobJson.Of(training).GetRawText(), Waits: true)
            : null;
    }

    private static void Tell(JobRun run, long read, long all) => run.Enter(
        string.Create(CultureInfo.InvariantCulture, $"Comparing the customers: {read:N0} of {all:N0}"), (double)read / Math.Max(all, read));

    private async Task<ModelVersion> VersionAsync(StoreId store, string id) =>
        await registry.FindAnyAsync(store, id) ?? throw new KeyNotFoundException($"Store {store} has no model '{id}'.");

    [LoggerMessage(3003, LogLevel.Warning, "Model {Model} should be trained again: {Reasons}.")]
    private partial void LogDrift(string model, string reasons);
}
