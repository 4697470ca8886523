using System.Collections.Concurrent;
using ClvOrleans.Grains.Telemetry;
using ClvOrleans.Storage;
using Microsoft.Extensions.Logging;

namespace ClvOrleans.Grains.Customers;

/// <summary>
/// The outcomes of events that were sent together. A failure is that of the events it befell, and stays whatever else becomes of them.
/// </summary>
internal sealed partial class Verdicts(int count)
{
    private static readonly string[] Names = [.. Enum.GetNames<OutcomeKind>().Select(n => n.ToLowerInvariant())];
    private readonly EventOutcome[] _outcomes = new EventOutcome[count];
    private readonly ConcurrentDictionary<(Type, string), (Exception First, int Count)> _failures = new();
    private StorageUnavailableException? _unavailable;

    public EventOutcome this[int index]
    {
        get => _outcomes[index];
        set => _outcomes[index] = _outcomes[index].Kind == OutcomeKind.Failed ? _outcomes[index] : value;
    }

    /// <summary>Notes that events are to be sent again.</summary>
    public void Fail(IEnumerable<int> indexes, Exception cause)
    {
        var failed = 0;
        foreach (var index in indexes)
        {
            _outcomes[index] = cause switch
            {
                JournalFullException => EventOutcome.Overloaded,
                StorageUnavailableException => EventOutcome.Failed with { Message = cause.Message },
                _ => EventOutcome.Failed,
            };
            failed++;
        }

        if (cause is StorageUnavailableException unavailable)
        {
            _unavailable = unavailable;
        }
        else if (cause is not JournalFullException)
        {
            _failures.AddOrUpdate((cause.GetType(), cause.Message), (cause, failed), (_, known) => (known.First, known.Count + failed));
        }
    }

    /// <summary>
    /// The outcomes, in the order of the events. They are counted; failures of each kind are logged once, trouble with files by the
    /// storage.
    /// </summary>
    /// <exception cref="StorageUnavailableException">
    /// Not one of the events could be recorded, since the store's files cannot be used.
    /// </exception>
    public EventOutcome[] Report(ILogger logger, ClvTelemetry telemetry)
    {
        Count(telemetry);
        foreach (var (first, failed) in _failures.Values)
        {
            LogFailed(logger, first, failed);
        }

        return _unavailable is { } unavailable && Array.TrueForAll(_outcomes, o => o.Kind == OutcomeKind.Failed)
            ? throw unavailable
            : _outcomes;
    }

    private void Count(ClvTelemetry telemetry)
    {
        Span<int> counts = stackalloc int[Names.Length];
        foreach (var outcome in _outcomes)
        {
            counts[(int)outcome.Kind]++;
            if (outcome.Kind == OutcomeKind.Refused)
            {
                telemetry.AddRefusal(outcome.Code!);
            }
        }

        for (var kind = 0; kind < counts.Length; kind++)
        {
            if (counts[kind] > 0)
            {
                telemetry.AddEvents(Names[kind], counts[kind]);
            }
        }
    }

    [LoggerMessage(2001, LogLevel.Error, "{Count} events were not recorded; their sender was asked to send them again.")]
    private static partial void LogFailed(ILogger logger, Exception error, int count);
}
