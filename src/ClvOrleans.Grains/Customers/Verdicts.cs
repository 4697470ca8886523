using System.Collections.Concurrent;
using ClvOrleans.Model.Journal;
using Microsoft.Extensions.Logging;

namespace ClvOrleans.Grains.Customers;

/// <summary>The outcomes of events that were sent together. A failure is that of the events it befell, and stays whatever else becomes of them.</summary>
internal sealed partial class Verdicts(int count)
{
    private readonly Outcome[] _outcomes = new Outcome[count];
    private readonly ConcurrentDictionary<(Type, string), (Exception First, int Count)> _failures = new();

    public Outcome this[int index]
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
            _outcomes[index] = cause is JournalFullException ? Outcome.Overloaded : Outcome.Failed;
            failed++;
        }

        if (cause is not JournalFullException)
        {
            _failures.AddOrUpdate((cause.GetType(), cause.Message), (cause, failed), (_, known) => (known.First, known.Count + failed));
        }
    }

    /// <summary>The outcomes, in the order of the events; failures of each kind are logged once.</summary>
    public Outcome[] Report(ILogger logger)
    {
        foreach (var (first, failed) in _failures.Values)
        {
            LogFailed(logger, first, failed);
        }

        return _outcomes;
    }

    [LoggerMessage(LogLevel.Error, "{Count} events were not recorded; their sender was asked to send them again.")]
    private static partial void LogFailed(ILogger logger, Exception error, int count);
}
