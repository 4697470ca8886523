using ClvOrleans.Contracts;
using ClvOrleans.Contracts.Experiments;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Stores;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Grains.Experiments;

/// <inheritdoc cref="IOutcomeGrain" />
/// <remarks>
/// Each silo's watch calls it; a round that its silo does not end is begun again on another. It keeps nothing that storage does not hold,
/// and storage keeps what is measured only of the customer's present sequence: two activations disturb each other as little as one.
/// </remarks>
[GrainType("outcomes")]
internal sealed partial class OutcomeGrain(
    OutcomeWork work, IStores stores, IOptions<OutcomeOptions> options, TimeProvider time, IHostApplicationLifetime lifetime,
    ILogger<OutcomeGrain> logger)
    : Grain, IOutcomeGrain
{
    private Task _round = Task.CompletedTask;
    private DateOnly _measuredOn;
    private long _measuredAt;

    private CancellationToken Stopping => lifetime.ApplicationStopping;

    private StoreId Store => GrainKeys.ToStore(this.GetPrimaryKeyString());

    /// <inheritdoc />
    public Task WatchAsync()
    {
        _round = _round.IsCompleted ? WatchOnceAsync() : _round;
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task MeasureAsync()
    {
        // How an earlier round ended is not this caller's business.
        await _round.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        _round = RoundAsync();
        await _round;
    }

    private async Task WatchOnceAsync()
    {
        if (!stores.IsOpen(Store))
        {
            return;
        }

        try
        {
            await work.FollowAsync(Store, Stopping);
            var today = stores.Find(Store).DayOf(time.GetUtcNow());
            if (_measuredOn != today || time.GetElapsedTime(_measuredAt) >= options.Value.Interval)
            {
                await RoundAsync();
            }
        }
        catch (Exception) when (Stopping.IsCancellationRequested)
        {
            // Another silo's watch, or that of the next start, begins the round again.
        }
        catch (Exception e)
        {
            LogNotMeasured(e, Store);
        }
    }

    private async Task RoundAsync()
    {
        var (today, now) = (stores.Find(Store).DayOf(time.GetUtcNow()), time.GetTimestamp());
        await work.FollowAsync(Store, Stopping);
        var measured = await work.MeasureAsync(Store, today, Stopping);
        if (measured > 0 || _measuredOn != today)
        {
            await work.UpdateEffectsAsync(Store, Stopping);
        }

        (_measuredOn, _measuredAt) = (today, now);
    }

    [LoggerMessage(4401, LogLevel.Warning, "Outcomes of store {Store} were not measured; the next round looks again.")]
    private partial void LogNotMeasured(Exception error, StoreId store);
}
