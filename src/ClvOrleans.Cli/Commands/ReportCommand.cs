using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace ClvOrleans.Cli.Commands;

/// <summary><c>clv report</c>: the reports of marketing.</summary>
internal static class ReportCommand
{
    private static readonly Option<string?> Format = new("--format")
    {
        Description = "csv or parquet instead of a table for people; --json prints JSON.",
        HelpName = "FORMAT",
    };

    private static readonly Option<string?> Out = new("--out")
    {
        Description = "Write to this file, in the format that it is named after: .csv, .parquet or .json.",
        HelpName = "FILE",
    };

    public static Command Create()
    {
        Format.AcceptOnlyFromAmong("csv", "parquet", "json");
        var command = new Command("report", "Show a report of marketing: who comes back, what customers cost, where to spend.")
        {
            Report("cohorts", "Retention, revenue and margin of cohorts, month by month.", By("month")),
            Report("acquisition", "Acquisition cost, CLV : CAC and payback.", By("channel"), Text("from", "First day."), Text(
                "until", "Last day.")),
            Report("risk", "Revenue at risk.", By("lifecycle")),
            Report(
                "movement", "Movement between lifecycles, value tiers or own segments, month over month.", By("lifecycle"),
                Text("months", "How many months.")),
            Report("policies", "What each policy did, cost and brought."),
            Report(
                "budget", "A budget split by what the next unit of money returns.", Text("amount", "The budget."),
                Text("days", "For how many days."), Text("elasticity", "Assumed per cent more customers for one per cent more spend."),
                Text("saved", "Assumed share of margin at risk that a contact saves."),
                Text("contactCost", "Assumed cost of a contact.", "contact-cost")),
            Costs(),
        };
        return command;
    }

    private static Command Report(string name, string description, params (string Name, Option<string?> Option)[] options)
    {
        var command = new Command(name, description);
        foreach (var (_, option) in options)
        {
            command.Add(option);
        }

        command.Add(Format);
        command.Add(Out);
        command.SetAction(async (parsed, cancellation) =>
        {
            var format = parsed.GetValue(Format) ?? Path.GetExtension(parsed.GetValue(Out))?.ToLowerInvariant() switch
            {
                ".csv" => "csv",
                ".parquet" => "parquet",
                _ => "json",
            };
            var query = new QueryString().Add("format", format);
            foreach (var (parameter, option) in options)
            {
                query = parsed.GetValue(option) is { } value ? query.Add(parameter, value) : query;
            }

            if (format == "parquet" && parsed.GetValue(Out) is null)
            {
                throw new UsageException($"{Format.Name} parquet needs {Out.Name}.");
            }

            await using var service = await Service.ReachAsync(parsed, null, cancellation);
            using var reply = await service.Http.GetAsync($"api/v1/reports/{name}" + query.ToUriComponent(), cancellation);
            if (parsed.GetValue(Out) is { } path && reply.IsSuccessStatusCode)
            {
                await using var file = File.Create(path);
                await reply.Content.CopyToAsync(file, cancellation);
                return 0;
            }

            var body = await Service.ReadAsync(reply, cancellation);
            if (parsed.GetValue(Shared.Json) || parsed.GetValue(Format) is not null)
            {
                Console.WriteLine(body.TrimEnd());
            }
            else
            {
                Print(JsonElement.Parse(body));
            }

            return 0;
        });
        return command;
    }

    private static Command Costs()
    {
        var file = new Argument<FileInfo>("FILE")
        {
            Description = "JSON, or a table with channel, from, amount and any of campaign, to, currency, id.",
        };
        var command = new Command("costs", "Take in what channels and campaigns cost, from a file.") { file };
        command.SetAction((parsed, cancellation) => SentFile.SendAsync(
            parsed, file, (http, content) => http.PostAsync("api/v1/acquisition/costs", content, cancellation), "costs", "cost",
            cancellation));
        return command;
    }

    private static (string Name, Option<string?> Option) By(string otherwise) =>
        ("by", new Option<string?>("--by") { Description = $"How customers are grouped. [default: {otherwise}]", HelpName = "WHAT" });

    private static (string Name, Option<string?> Option) Text(string parameter, string description, string? name = null) =>
        (parameter, new Option<string?>($"--{name ?? parameter}") { Description = description, HelpName = "VALUE" });

    private static void Print(JsonElement report)
    {
        var table = new Table().Border(TableBorder.Simple);
        var columns = report.GetProperty("columns").EnumerateArray()
            .Select(c => (Name: c.GetProperty("name").GetString()!, Kind: c.GetProperty("kind").GetString()!)).ToArray();
        foreach (var (name, kind) in columns)
        {
            table.AddColumn(
                new TableColumn(Markup.Escape(name)) { Alignment = kind is "Text" or "Day" or "Flag" ? Justify.Left : Justify.Right });
        }

        foreach (var row in report.GetProperty("rows").EnumerateArray())
        {
            table.AddRow([.. columns.Select(c => new Text(Terminal.Plain(Cell(row.GetProperty(c.Name), c.Kind))))]);
        }

        Terminal.Output.Write(table);
        foreach (var note in report.GetProperty("notes").EnumerateArray())
        {
            Console.WriteLine(Terminal.Plain(note.GetString()!));
        }
    }

    private static string Cell(JsonElement cell, string kind) => cell.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.True => "yes",
        JsonValueKind.False => "",
        JsonValueKind.Number when kind is "Amount" or "Number" => cell.GetDouble().ToString("#,0.00", CultureInfo.InvariantCulture),
        _ => cell.ToString(),
    };
}
