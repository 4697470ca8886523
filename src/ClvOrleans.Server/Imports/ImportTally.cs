using ClvOrleans.Grains.Customers;
using ClvOrleans.Intake.Files;
using ClvOrleans.Server.Sources;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.Sources;

namespace ClvOrleans.Server.Imports;

/// <summary>Counts what became of a file's lines, also for its source where the lines are recorded.</summary>
internal sealed class ImportTally(Action<ImportRefusal>? onRefused, SourceLedger? sources = null)
{
    private const int FirstOfEach = 5;
    private readonly SortedDictionary<string, long> _refused = new(StringComparer.Ordinal);
    private readonly List<ImportRefusal> _first = [];
    private long _lines;
    private long _recordedLines;
    private long _knownLines;
    private long _events;
    private long _duplicates;

    /// <summary>Lines that were counted so far. May be asked from another thread.</summary>
    public long Lines => Volatile.Read(ref _lines);

    public void Count(HistoryRow row, EventOutcome outcome)
    {
        // The order counts once, for the one who placed it first; for the file that is a line that could not be taken.
        if (outcome.Kind is OutcomeKind.Refused or OutcomeKind.Failed || outcome.Code == RefusalCodes.OrderOfAnotherCustomer)
        {
            Refuse(row, outcome.Code!, outcome.Message!);
        }
        else if (outcome.Kind == OutcomeKind.Erased)
        {
            // Without the line: what was erased does not come back in a file of refused lines.
            sources?.Count(OneStore.ImportSource, SourceOutcome.Refused, EventOutcome.ErasedCode, row.Lines.Count);
            _refused[EventOutcome.ErasedCode] = _refused.GetValueOrDefault(EventOutcome.ErasedCode) + row.Lines.Count;
            Volatile.Write(ref _lines, _lines + row.Lines.Count);
        }
        else if (outcome.Kind == OutcomeKind.Duplicate)
        {
            _duplicates++;
            sources?.Count(OneStore.ImportSource, SourceOutcome.Duplicate);
            _knownLines += row.Lines.Count;
            Volatile.Write(ref _lines, _lines + row.Lines.Count);
        }
        else
        {
            Count(row);
        }
    }

    /// <summary>Counts an event that is recorded, or would be.</summary>
    public void Count(HistoryRow row)
    {
        _events++;
        sources?.Count(OneStore.ImportSource, SourceOutcome.Accepted);
        _recordedLines += row.Lines.Count;
        Volatile.Write(ref _lines, _lines + row.Lines.Count);
    }

    public void Refuse(HistoryRow row, string code, string message)
    {
        sources?.Count(OneStore.ImportSource, SourceOutcome.Refused, code, row.Lines.Count);
        foreach (var line in row.Lines)
        {
            var refusal = new ImportRefusal(line, code, message);
            onRefused?.Invoke(refusal);
            var count = _refused[code] = _refused.GetValueOrDefault(code) + 1;
            if (count <= FirstOfEach)
            {
                _first.Add(refusal);
            }
        }

        Volatile.Write(ref _lines, _lines + row.Lines.Count);
    }

    public ImportResult ToResult(string format, TextLines lines, FileFindings understood, bool isDryRun = false) => new(
        format, lines.Count, _events, _duplicates, _refused,
        new ImportLineCounts(_recordedLines, _knownLines, _refused.Values.Sum(), lines.Count - _lines),
        [.. _first.OrderBy(r => r.Code, StringComparer.Ordinal).ThenBy(r => r.Line)], lines.Broken, isDryRun,
        ImportUnderstanding.Of(understood));
}
