using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Files;
using ClvOrleans.Server.Imports;

namespace ClvOrleans.Cli.Commands;

/// <summary>The events of a file of history, read once.</summary>
internal sealed class FileEvents(HistoryFile file, ImportRequest request, StoreSettings store)
{
    /// <summary>Lines read so far.</summary>
    public long Lines { get; private set; }

    /// <summary>Lines refused so far.</summary>
    public long Refused { get; private set; }

    /// <summary>The last local day with an event so far.</summary>
    public DateOnly Last { get; private set; } = DateOnly.MinValue;

    /// <summary>Opens a file. <exception cref="CommandException">There is none.</exception></summary>
    public static HistoryFile Open(string path, ImportRequest request) => System.IO.File.Exists(path)
        ? HistoryFile.Open(path, request.Encoding)
        : throw new CommandException($"There is no file {path}.");

    /// <summary>Each event with its customer.</summary>
    public IEnumerable<(CustomerId Customer, CustomerEvent Event)> Read()
    {
        var known = request.For(file.Lines);
        foreach (var row in known.Reader!.Read(file.Lines, known.ToContext(store, "file", TimeProvider.System.GetUtcNow())))
        {
            Lines += row.Lines.Count;
            Refused += row.Refusal is null ? 0 : row.Lines.Count;
            if (row.Event is { } e)
            {
                Last = store.DayOf(e.At) is var day && day > Last ? day : Last;
                yield return (row.Customer, e);
            }
        }
    }
}
