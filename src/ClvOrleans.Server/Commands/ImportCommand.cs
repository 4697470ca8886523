using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Model.Intake;
using ClvOrleans.Server.Hosting;
using ClvOrleans.Server.Intake;
using ClvOrleans.Training.Imports;

namespace ClvOrleans.Server.Commands;

/// <summary>Imports a file through the path that every event takes. Running it again changes nothing, and goes on where it was cut off.</summary>
internal static class ImportCommand
{
    private const int Batch = 2_000;
    private const int ShownRefusals = 10;

    public static async Task<int> RunAsync(WebApplication app, FileInfo file, string format, string? map, bool json, CancellationToken cancellation)
    {
        if (!file.Exists)
        {
            throw new InvalidOperationException($"There is no file {file.FullName}.");
        }

        using var history = HistoryFile.Open(file.FullName);
        var tally = new ImportTally(history, json);
        if (format == "events")
        {
            await ImportEventsAsync(app, history, tally, cancellation);
        }
        else
        {
            var context = new HistoryContext { Store = app.Services.GetRequiredService<OneStore>().Settings, Source = "import", Columns = Columns(map) };
            await ImportRowsAsync(app.Services.GetRequiredService<EventRouter>(), HistoryReaders.Find(format).Read(history.Text, context), tally);
        }

        tally.Print(ShownRefusals);
        return 0;
    }

    private static ImmutableDictionary<string, string> Columns(string? map) => (map ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .ToImmutableDictionary(pair => pair[0].Trim(), pair => pair.Length == 2 ? pair[1].Trim() : throw new FormatException($"--map: '{pair[0]}' is not column=name."));

    private static async Task ImportRowsAsync(EventRouter router, IEnumerable<HistoryRow> rows, ImportTally tally)
    {
        foreach (var chunk in rows.Chunk(Batch))
        {
            var events = new List<RoutedEvent>();
            foreach (var row in chunk)
            {
                tally.Lines += row.Lines;
                if (row.Refusal is { } refusal)
                {
                    tally.Refuse(refusal.Line, refusal.Code, refusal.Message, Math.Max(1, row.Lines));
                }
                else if (row.Event is { } e)
                {
                    events.Add(new RoutedEvent(row.Customer, e));
                }
            }

            if (events.Count > 0)
            {
                tally.Count(await router.RecordAsync(events));
            }
        }
    }

    private static async Task ImportEventsAsync(WebApplication app, HistoryFile history, ImportTally tally, CancellationToken cancellation)
    {
        var tracking = app.Services.GetRequiredService<Tracking>();
        var lines = new List<(long Line, JsonElement Event)>();
        while (await history.Text.ReadLineAsync(cancellation) is { } line)
        {
            tally.Lines++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            try
            {
                lines.Add((tally.Lines, ReceivedBatch.Parse(Encoding.UTF8.GetBytes(line))));
            }
            catch (UnreadableBodyException e)
            {
                tally.Refuse(tally.Lines, e.Code, e.Message, 1);
            }

            if (lines.Count == Batch)
            {
                await FlushAsync();
            }
        }

        await FlushAsync();

        async Task FlushAsync()
        {
            if (lines.Count > 0)
            {
                var reply = await tracking.AcceptAsync(ReceivedBatch.Alone([.. lines.Select(l => l.Event)]), "import", cancellation);
                tally.Count(reply.Accepted, reply.Duplicates);
                foreach (var refused in reply.Quarantined)
                {
                    tally.Refuse(lines[refused.Index].Line, refused.Code, refused.Message, 1);
                }

                lines.Clear();
            }
        }
    }
}
