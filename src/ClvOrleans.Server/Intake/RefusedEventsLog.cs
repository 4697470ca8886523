using System.Globalization;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Server.Intake;

/// <summary>Says in the log that events are refused: at once, then at most once a minute with all that were refused meanwhile.</summary>
internal sealed partial class RefusedEventsLog(TimeProvider time, ILogger<RefusedEventsLog> logger) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private readonly SortedDictionary<(string Store, string Source), SortedDictionary<string, long>> _counts = [];
    private ITimer? _pause;

    /// <summary>Notes refused events of a store and a source by their codes.</summary>
    public void Note(StoreId store, string source, IEnumerable<string> codes)
    {
        lock (_lock)
        {
            if (!_counts.TryGetValue((store.Value, source), out var counts))
            {
                _counts[(store.Value, source)] = counts = new(StringComparer.Ordinal);
            }

            foreach (var code in codes)
            {
                counts[code] = counts.GetValueOrDefault(code) + 1;
            }

            if (_pause is null)
            {
                Write();
            }
        }
    }

    public void Dispose() => _pause?.Dispose();

    private void End()
    {
        lock (_lock)
        {
            _pause?.Dispose();
            _pause = null;
            if (_counts.Count > 0)
            {
                Write();
            }
        }
    }

    private void Write()
    {
        foreach (var ((store, source), counts) in _counts)
        {
            var reasons = string.Join(", ", counts.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Key} {c.Value}")));
            LogRefused(counts.Values.Sum(), store, source, reasons);
        }

        _counts.Clear();
        _pause = time.CreateTimer(_ => End(), null, Pause, Timeout.InfiniteTimeSpan);
    }

    [LoggerMessage(
        2002, LogLevel.Warning, "Refused events of store {Store}, source {Source}: {Events} ({Reasons}). See /api/v1/dead-letters.")]
    private partial void LogRefused(long events, string store, string source, string reasons);
}
