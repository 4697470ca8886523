using ClvOrleans.Contracts;
using ClvOrleans.Contracts.Trainings;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Jobs;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Storage.Jobs;
using ClvOrleans.Storage.Models;
using ClvOrleans.Valuation.Jobs;
using ClvOrleans.Valuation.Models;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Grains.Trainings;

/// <inheritdoc cref="IRetrainingGrain" />
/// <remarks>
/// It keeps no plan: a night that was begun is known by its jobs, so that neither a clock that is moved nor a silo that ends has one done
/// twice or left out. The report on the night's drift is a job like others, waits for those of the day, and has the training follow.
/// </remarks>
[GrainType("retraining")]
internal sealed partial class RetrainingGrain(
    StoreJobs jobs, IJobRecords records, IModelRegistry registry, IStores stores, RetrainingRule rule, FirstModel first,
    IOptions<RetrainingOptions> options, TimeProvider time, ILogger<RetrainingGrain> logger)
    : Grain, IRetrainingGrain
{
    private DateTimeOffset? _done;
    private bool _hasTrained;

    private StoreId Store => GrainKeys.ToStore(this.GetPrimaryKeyString());

    /// <inheritdoc />
    public async Task WatchAsync(DateTimeOffset since)
    {
        var night = Nights.Last(time.GetUtcNow(), options.Value.At, stores.Find(Store).TimeZone);
        if (night <= since || night == _done)
        {
            _hasTrained = _hasTrained || !await first.TryAsync(Store);
            return;
        }

        if (!await IsBegunAsync(night))
        {
            await BeginAsync(night);
        }

        _done = night;
    }

    private async Task BeginAsync(DateTimeOffset night)
    {
        var version = (await registry.FindChampionAsync(Store))?.Version ?? PriorModel.Version;
        try
        {
            await registry.OpenAsync(Store, version);
            await jobs.BeginAsync(Store, JobKind.Drift, version.Id, new DriftRequest(night), waits: true);
        }
        catch (UnreadableModelException e)
        {
            LogUnreadable(e);
            if (await rule.FindAsync(Store, night, hasDrifted: true) is { } training)
            {
                await jobs.BeginAsync(Store, JobKind.Training, "", training, waits: true);
            }
        }
    }

    private async Task<bool> IsBegunAsync(DateTimeOffset night) =>
        (await records.ListAsync(Store, IJobRecords.Kept)).Any(j => j.Kind switch
        {
            JobKind.Drift => j.Request is { } request && JobJson.Read<DriftRequest>(request).Night == night,
            JobKind.Training => j.Request is { } request && JobJson.Read<TrainingRequest>(request).Night == night,
            _ => false,
        });

    [LoggerMessage(3004, LogLevel.Warning, "The champion cannot be opened and should be trained again.")]
    private partial void LogUnreadable(Exception error);
}
