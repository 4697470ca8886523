using System.CommandLine;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ClvOrleans.Simulation;

namespace ClvOrleans.Cli.Commands;

/// <summary><c>clv simulate</c>: writes the events of a simulated store, and beside them what is true of its customers.</summary>
internal static class SimulateCommand
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
    };

    public static Command Create()
    {
        var customers = SimulationOptions.Customers();
        var seed = SimulationOptions.Seed();
        var days = new Option<int>("--days") { Description = "Length of the history.", HelpName = "N", DefaultValueFactory = _ => 730 };
        var until = new Option<DateOnly?>("--until")
        {
            Description = "Last day, UTC: 2026-01-31. [default: yesterday]",
            HelpName = "DAY",
            CustomParser = SimulationOptions.Day,
        };
        var output = new Option<string?>("--out")
        {
            Description = "File of the events, zipped if it ends in .gz. [default: standard output]",
            HelpName = "FILE",
        };
        var truth = new Option<string?>("--truth")
        {
            Description = "File to write the process, the market calendar and each customer's true parameters to.",
            HelpName = "FILE",
        };
        days.Validators.Add(SimulationOptions.Within(1, 3_650));
        var command = new Command("simulate", "Write the events of a simulated store, to be imported or to test models with.")
        {
            customers, days, seed, until, output, truth,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var last = parsed.GetValue(until) ?? DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(-1);
            var store = new SimulatedStore(new SimulatedStoreOptions
            {
                Start = new DateTimeOffset(last.AddDays(1 - parsed.GetValue(days)), TimeOnly.MinValue, TimeSpan.Zero),
                Days = parsed.GetValue(days),
                Customers = parsed.GetValue(customers) ?? SimulationOptions.DefaultCustomers,
                Seed = parsed.GetValue(seed) ?? SimulationOptions.DefaultSeed,
            });
            var file = parsed.GetValue(output);
            OutputFile.Check(output, file);
            OutputFile.Check(truth, parsed.GetValue(truth));
            await using var stream = Open(file);
            var report = file is null ? Console.Error : Console.Out;
            await report.WriteLineAsync(await WriteAsync(store, stream, parsed.GetValue(Shared.Json), cancellation));
            if (parsed.GetValue(truth) is { } beside)
            {
                await File.WriteAllTextAsync(beside, Truth(store, last), cancellation);
            }

            return 0;
        });
        return command;
    }

    private static Stream Open(string? file) => file is null ? Console.OpenStandardOutput()
        : Path.GetExtension(file) == ".gz" ? new GZipStream(File.Create(file), CompressionLevel.Optimal)
        : File.Create(file);

    private static async Task<string> WriteAsync(SimulatedStore store, Stream stream, bool json, CancellationToken cancellation)
    {
        await using var text = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16) { NewLine = "\n" };
        var (events, orders) = (0L, 0L);
        foreach (var e in store.Events().TakeWhile(e => e.At < store.Options.End))
        {
            if (cancellation.IsCancellationRequested)
            {
                throw new CommandException("Interrupted: the file is not complete.");
            }

            await text.WriteLineAsync(e.ToJson());
            events++;
            orders += e.Name == "Order Completed" ? 1 : 0;
        }

        var (customers, seed, process) = (store.Options.Customers, store.Options.Seed, store.Options.Process);
        return json
            ? JsonSerializer.Serialize(new { events, orders, customers, seed, process }, JsonSerializerOptions.Web)
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{events} events with {orders} orders of {customers} customers, seed {seed}\n"
                    + $"Pareto/NBD r {process.R}, α {process.Alpha}, s {process.S}, β {process.Beta} (weeks); "
                    + $"Gamma-Gamma p {process.P}, q {process.Q}, v {process.V}");
    }

    private static string Truth(SimulatedStore store, DateOnly last)
    {
        var (seed, start, days, process) = (store.Options.Seed, store.Options.Start, store.Options.Days, store.Options.Process);
        return JsonSerializer.Serialize(
            new { seed, start, days, process, market = store.MarketUntil(last.Year + 1), customers = store.Truth() }, Readable);
    }
}
