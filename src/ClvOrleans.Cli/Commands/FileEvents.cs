using System.CommandLine;
using ClvOrleans.Domain.Currencies;
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

    /// <summary>The events of a file of orders that a backtest reads whole, by customer; says how many lines it had.</summary>
    public static (StoreSettings Store, Dictionary<CustomerId, List<CustomerEvent>> Customers) ByCustomer(ParseResult parsed)
    {
        var request = HistoryFileOptions.Read(parsed, parsed.GetValue(BacktestOptions.Currency));
        var store = new StoreSettings { Id = new StoreId("backtest"), Currency = request.Currency ?? Currency.Of("USD") };
        using var file = Open(parsed.GetValue(BacktestOptions.File)!, request);
        var events = new FileEvents(file, request, store);
        var customers = new Dictionary<CustomerId, List<CustomerEvent>>();
        foreach (var (customer, e) in events.Read())
        {
            if (!customers.TryGetValue(customer, out var own))
            {
                customers[customer] = own = [];
            }

            own.Add(e);
        }

        Console.Error.WriteLine($"{events.Lines} lines read, {events.Refused} refused");
        return (store, customers);
    }

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
