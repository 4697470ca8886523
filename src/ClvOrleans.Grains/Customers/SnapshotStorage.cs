using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Storage;

namespace ClvOrleans.Grains.Customers;

/// <summary>
/// The silo's way to the snapshots. It does not throw: a storage that fails is reported once for each kind of failure, and no snapshot is
/// written for a while, so that nobody waits for one after the other.
/// </summary>
public sealed partial class SnapshotStorage(
    IGrainStorage storage, IOptions<CustomerOptions> options, TimeProvider time, ILogger<SnapshotStorage> logger)
{
    // The key of AdoNet storage holds this name, but not the type of the grain: no other state may have it.
    private const string Name = "customer";
    private readonly ConcurrentDictionary<(string Action, Type Kind), bool> _reported = new();
    private long _failedAt = long.MinValue;

    internal CustomerOptions Options => options.Value;

    /// <summary>Whether a snapshot could not be written a short time ago.</summary>
    internal bool IsPausing =>
        Interlocked.Read(ref _failedAt) is var at && at != long.MinValue && time.GetElapsedTime(at) < Options.SnapshotPause;

    /// <summary>The snapshot, empty where there is none; null where it cannot be read.</summary>
    internal async Task<GrainState<CustomerSnapshot>?> ReadAsync(GrainId grain)
    {
        try
        {
            var state = new GrainState<CustomerSnapshot>(new CustomerSnapshot());
            await storage.ReadStateAsync(Name, grain, state);
            return state;
        }
        catch (Exception e)
        {
            Report("read", e);
            return null;
        }
    }

    /// <summary>Replaces a snapshot. Null where it could not be written, or another activation has written one.</summary>
    internal async Task<SnapshotVersion?> WriteAsync(GrainId grain, CustomerSnapshot snapshot, SnapshotVersion last)
    {
        try
        {
            var state = new GrainState<CustomerSnapshot>(snapshot, last.ETag) { RecordExists = last.IsStored };
            await storage.WriteStateAsync(Name, grain, state);
            return SnapshotVersion.Of(state);
        }
        catch (InconsistentStateException)
        {
            return null;
        }
        catch (Exception e)
        {
            Interlocked.Exchange(ref _failedAt, time.GetTimestamp());
            Report("written", e);
            return null;
        }
    }

    /// <summary>Removes a snapshot, whoever wrote it last. Unlike the others it throws: what is to be erased must not stay.</summary>
    internal async Task EraseAsync(GrainId grain)
    {
        var state = new GrainState<CustomerSnapshot>(new CustomerSnapshot());
        await storage.ReadStateAsync(Name, grain, state);
        if (state.RecordExists)
        {
            await storage.ClearStateAsync(Name, grain, state);
        }
    }

    /// <summary>Notes a failure, in the log if it is the first of its kind.</summary>
    internal void Report(string action, Exception e)
    {
        if (_reported.TryAdd((action, e.GetType()), true))
        {
            LogFailure(e, action);
        }
    }

    [LoggerMessage(
        1101, LogLevel.Warning,
        "A snapshot of a customer could not be {Action}; the journal is read instead. Later failures of this kind are not logged.")]
    private partial void LogFailure(Exception error, string action);
}
