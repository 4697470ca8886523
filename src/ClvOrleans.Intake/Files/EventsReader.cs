using System.Collections.Immutable;
using System.Text;
using ClvOrleans.Intake.Rules;
using ClvOrleans.Intake.Tracking;

namespace ClvOrleans.Intake.Files;

/// <summary>
/// Events as the tracking API takes them, a JSON object a line. A message without an id is known by its content, as it is there; one that
/// does not even say when it happened by its line's content and how often that has come before, so that another import knows it.
/// </summary>
internal sealed class EventsReader : IHistoryReader
{
    // An archive's clocks are those of its own time: a line that says only when it was sent was received then, not today.
    private static readonly ReceivedBatch Archive = ReceivedBatch.Alone() with { IsHistory = true };

    public string Format => "events";

    public bool Recognises(string firstLine, ImmutableDictionary<string, string> columns, char? delimiter) =>
        firstLine.AsSpan().TrimStart().StartsWith("{");

    public IEnumerable<HistoryRow> Read(TextLines lines, HistoryContext context)
    {
        if (!context.Columns.IsEmpty)
        {
            throw new HistoryFormatException($"The format events has no columns: '{context.Columns.Keys.First()}' cannot be mapped.");
        }

        var repetitions = new Repetitions();
        while (lines.TryRead(out var line))
        {
            if (!line.IsBlank)
            {
                yield return RowOf(line, context, repetitions);
            }
        }

        if (lines.Count == 0)
        {
            throw new HistoryFormatException(lines.Broken ?? "The file is empty: a JSON object a line was expected.");
        }
    }

    private static HistoryRow RowOf(TextLine line, HistoryContext context, Repetitions repetitions)
    {
        HistoryRow Refused(string code, string message) => HistoryRow.Of(new HistoryRefusal(line.Number, code, message), [line.Number]);

        if (RefusalCodes.Of(line.Flaw) is { } flaw)
        {
            return Refused(flaw.Code, $"Line {line.Number}: {flaw.Message}");
        }

        try
        {
            var e = ReceivedBatch.Parse(Encoding.UTF8.GetBytes(line.Text));
            var read = EventReader.Read(e, Archive, context.Store, context.Source, context.Now, () => repetitions.Name(line.Text));
            return HistoryRow.Of(read.Subject, read.Event, [line.Number], read.Visitor, read.Previous) with { Notes = read.Notes };
        }
        catch (UnreadableBodyException e)
        {
            return Refused(e.Code, $"Line {line.Number}: {e.Message.Replace("The body", "it", StringComparison.Ordinal)}");
        }
        catch (RefusedException e)
        {
            return Refused(e.Code, e.Message);
        }
    }
}
