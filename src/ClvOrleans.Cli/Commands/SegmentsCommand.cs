using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace ClvOrleans.Cli.Commands;

/// <summary><c>clv segments</c></summary>
internal static class SegmentsCommand
{
    private const int Quiet = 30;

    public static Command Create()
    {
        var asOf = Shared.Day("--as-of", "A past day, such as 2026-01-31: the buyers of that day. [default: today]");
        var command = new Command(
            "segments",
            "Show all segments: customers, value so far, predicted value, revenue at risk. A segment is a lifecycle and a tier: "
                + "top-5 are the buyers between the best 1 % and the best 5 % by predicted value.")
        {
            asOf,
        };
        foreach (var own in LearnedSegmentsCommand.All.Concat(OwnSegmentsCommand.All))
        {
            command.Add(own);
        }

        command.SetAction(async (parsed, cancellation) =>
        {
            var day = parsed.GetValue(asOf)?.ToString("O", CultureInfo.InvariantCulture);
            await using var service = await Service.ReachAsync(parsed, null, cancellation);
            using var reply = await service.Http.GetAsync($"api/v1/segments{(day is null ? "" : $"?asOf={day}")}", cancellation);
            var body = await Service.ReadAsync(reply, cancellation);
            if (parsed.GetValue(Shared.Json))
            {
                Console.WriteLine(body);
                return 0;
            }

            var report = JsonElement.Parse(body);
            Print(report);
            if (day is null)
            {
                await TellSilenceAsync(service.Http, Day(report.GetProperty("asOf").GetString()!), cancellation);
            }

            await TellRefusedAsync(service.Http, cancellation);
            return 0;
        });
        return command;
    }

    private static void Print(JsonElement report)
    {
        var asOf = report.GetProperty("asOf").GetString();
        var rows = report.GetProperty("segments").EnumerateArray().Where(r => NumberCell.Find(r, "customers") != 0).ToList();
        if (rows.Count == 0)
        {
            Console.WriteLine($"There are no customers as of {asOf}.");
            return;
        }

        var (currency, days) = (report.GetProperty("currency").GetString(), report.GetProperty("horizonDays").GetInt32());
        var table = new Table().Border(TableBorder.Simple);
        foreach (var (title, isText) in ((string, bool)[])[
            ("Segment", true), ("Customers", false), ($"Value so far, {currency}", false),
            ($"Predicted, {days} days", false), ("Between (80 %)", false),
            ("Purchase days expected", false), ("Revenue at risk", false), ("Average order", false), ("P(alive)", false)])
        {
            table.AddColumn(new TableColumn(title) { Alignment = isText ? Justify.Left : Justify.Right });
        }

        foreach (var row in rows)
        {
            Add(row.GetProperty("name").GetString()!, row);
        }

        table.AddEmptyRow();
        Add("All buyers", report.GetProperty("total"));
        Terminal.Output.Write(table);
        Console.WriteLine(
            $"As of {asOf}, added up at {report.GetProperty("at").GetDateTimeOffset():yyyy-MM-dd HH:mm:ss} UTC. "
            + "P(alive): the probability that a customer has not left for good.");
        Console.WriteLine("Revenue at risk: predicted revenue of customers who have not left, times the probability that they have.");

        void Add(string name, JsonElement row) => table.AddRow(
            new Text(name),
            NumberCell.Of(row, "customers", "N0"), NumberCell.Of(row, "historicValue", "N0"),
            NumberCell.Of(row, "predictedValue", "N0"),
            Range(row.GetProperty("predictedInterval")),
            NumberCell.Of(row, "expectedPurchaseDays", "N0"), NumberCell.Of(row, "revenueAtRisk", "N0"),
            NumberCell.Of(row, "averageOrderValue", "N2"), NumberCell.Of(row, "averageProbabilityAlive", "0.00"));
    }

    // After an import of old data every customer is lost by now.
    private static async Task TellSilenceAsync(HttpClient http, DateOnly today, CancellationToken cancellation)
    {
        var latest = await http.GetFromJsonAsync<JsonElement>("api/v1/customers?sort=lastSeen&limit=1", cancellation);
        foreach (var customer in latest.GetProperty("customers").EnumerateArray())
        {
            var last = customer.GetProperty("lastSeen").GetString()!;
            if (today.DayNumber - Day(last).DayNumber > Quiet)
            {
                Console.WriteLine($"The last event is of {last}: clv segments --as-of {last} shows the store on that day.");
            }
        }
    }

    private static async Task TellRefusedAsync(HttpClient http, CancellationToken cancellation)
    {
        using var reply = await http.GetAsync("api/v1/dead-letters?open=true&limit=1", cancellation);
        var page = JsonElement.Parse(await Service.ReadAsync(reply, cancellation));
        var refused = page.GetProperty("open").EnumerateArray().Sum(RefusedCommand.CountOf);
        if (refused > 0)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{refused:N0} {(refused == 1 ? "event was refused and does not count: clv refused lists it." : "events were refused and "
                    + "do not count: clv refused lists them.")}"));
        }
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Text Range(JsonElement interval) => new(interval.ValueKind == JsonValueKind.Null
        ? "-"
        : string.Create(
            CultureInfo.InvariantCulture, $"{NumberCell.Find(interval, "lower"):N0} and {NumberCell.Find(interval, "upper"):N0}"));
}
