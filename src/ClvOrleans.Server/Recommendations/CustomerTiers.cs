using ClvOrleans.Contracts;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Server.Stores;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Server.Recommendations;

/// <summary>
/// The silo's copy of the thresholds of value tiers. They move slowly: an answer takes those of the last minute, and has newer ones read
/// beside it.
/// </summary>
internal sealed class CustomerTiers(OneStore store, IGrainFactory grains, TimeProvider time)
{
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(1);
    private volatile TierThresholds? _last;
    private long _readAt;
    private Task<TierThresholds>? _reading;

    /// <summary>The thresholds; of the first call on, without a wait.</summary>
    public async ValueTask<TierThresholds> ThresholdsAsync()
    {
        if (_last is { } known && time.GetElapsedTime(Interlocked.Read(ref _readAt)) < Age)
        {
            return known;
        }

        var reading = _reading;
        if (reading is null || reading.IsCompleted)
        {
            _reading = reading = ReadAsync();
        }

        return _last ?? await reading;
    }

    private async Task<TierThresholds> ReadAsync()
    {
        Interlocked.Exchange(ref _readAt, time.GetTimestamp());
        try
        {
            return _last = (await grains.GetSegments(store.Settings.Id).ReportAsync()).Thresholds;
        }
        catch (Exception) when (_last is { } known)
        {
            // The last ones stand for another minute.
            return known;
        }
    }
}
