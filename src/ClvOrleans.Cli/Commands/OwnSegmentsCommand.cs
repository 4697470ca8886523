using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Spectre.Console;

namespace ClvOrleans.Cli.Commands;

/// <summary><c>clv segments own</c> and what is done with own segments.</summary>
internal static class OwnSegmentsCommand
{
    private static readonly string[] Formats = ["csv", "jsonl"];

    /// <summary>The commands, under <c>clv segments</c>.</summary>
    public static IEnumerable<Command> All => [List(), Define(), Remove(), Export(), Moves()];

    private static Argument<string> Name => new("NAME") { Description = "Name of the segment." };

    private static Command List()
    {
        var name = new Argument<string?>("NAME") { Description = "Only this one.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("own", "List the own segments: rule, members and what these are worth.") { name };
        command.SetAction((parsed, cancellation) => Service.ShowAsync(
            parsed, http => http.GetAsync("api/v1/own-segments", cancellation), list => Print(list, parsed.GetValue(name)), cancellation));
        return command;
    }

    private static Command Define()
    {
        var name = Name;
        var rule = new Argument<string>("RULE") { Description = "The rule, in quotes; clv rule \"...\" shows its size before." };
        var description = new Option<string>("--description")
        {
            Description = "What the segment is, for people.",
            HelpName = "TEXT",
            DefaultValueFactory = _ => "",
        };
        var command = new Command("define", "Define or change an own segment: those for whom a rule holds.") { name, rule, description };
        command.SetAction((parsed, cancellation) => Service.ShowAsync(
            parsed,
            http => http.PutAsJsonAsync(
                AddressOf(parsed.GetValue(name)!), new { rule = parsed.GetValue(rule), description = parsed.GetValue(description) },
                cancellation),
            reply => Console.WriteLine(
                $"Segment {Text(reply, "segment")} is defined; its customers are being looked for. "
                + "clv segments own shows how far that is."),
            cancellation));
        return command;
    }

    private static Command Remove()
    {
        var name = Name;
        var command = new Command("remove", "Remove an own segment; its members leave it.") { name };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var service = await Service.ReachAsync(parsed, null, cancellation);
            using var reply = await service.Http.DeleteAsync(AddressOf(parsed.GetValue(name)!), cancellation);
            await Service.ReadAsync(reply, cancellation);
            return 0;
        });
        return command;
    }

    private static Command Export()
    {
        var name = Name;
        var format = new Option<string>("--format")
        {
            Description = "csv, or jsonl for one JSON object a line.",
            DefaultValueFactory = _ => "csv",
        };
        format.AcceptOnlyFromAmong(Formats);
        var output = new Option<string?>("--output") { Description = "File to write. [default: the output]", HelpName = "FILE" };
        var command = new Command("export", "Write all members of an own segment.") { name, format, output };
        command.SetAction(async (parsed, cancellation) =>
        {
            OutputFile.Check(output, parsed.GetValue(output));
            await using var service = await Service.ReachAsync(parsed, null, cancellation);
            using var reply = await service.Http.GetAsync(
                new Uri($"{AddressOf(parsed.GetValue(name)!)}/export?format={parsed.GetValue(format)}", UriKind.Relative),
                HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (!reply.IsSuccessStatusCode)
            {
                await Service.ReadAsync(reply, cancellation);
            }

            await using var to = parsed.GetValue(output) is { } path ? File.Create(path) : Console.OpenStandardOutput();
            await reply.Content.CopyToAsync(to, cancellation);
            return 0;
        });
        return command;
    }

    private static Command Moves()
    {
        var which = new Argument<string?>("NAME")
        {
            Description = "An own segment, or else a customer. [default: all]",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var name = new Option<string?>("--segment") { Description = "Only of this own segment.", HelpName = "NAME" };
        var customer = new Option<string?>("--customer") { Description = "Only of this customer.", HelpName = "ID" };
        var limit = new Option<int>("--limit")
        {
            Description = "How many to list, 1 to 1000.",
            HelpName = "N",
            DefaultValueFactory = _ => 20,
        };
        limit.Validators.Add(SimulationOptions.Within(1, 1_000));
        var command = new Command("transitions", "List who entered and left own segments, the newest first, and why.")
        {
            which, name, customer, limit,
        };
        command.SetAction((parsed, cancellation) => Service.ShowAsync(
            parsed,
            async http =>
            {
                var (segment, id) = (parsed.GetValue(name), parsed.GetValue(customer));
                if (parsed.GetValue(which) is { } asked)
                {
                    var isSegment = await IsSegmentAsync(http, asked, cancellation);
                    (segment, id) = isSegment ? (segment ?? asked, id) : (segment, id ?? asked);
                }

                var query = QueryString.Create("limit", parsed.GetValue(limit).ToString(CultureInfo.InvariantCulture));
                query = segment is not null ? query.Add("segment", segment) : query;
                query = id is not null ? query.Add("customer", id) : query;
                var reply = await http.GetAsync("api/v1/transitions" + query.ToUriComponent(), cancellation);
                return reply.StatusCode == HttpStatusCode.NotFound && id == parsed.GetValue(which)
                    ? throw new CommandException($"There is neither an own segment nor a customer '{id}'.")
                    : reply;
            },
            PrintTransitions, cancellation));
        return command;
    }

    private static async Task<bool> IsSegmentAsync(HttpClient http, string name, CancellationToken cancellation)
    {
        var all = await http.GetFromJsonAsync<JsonElement>("api/v1/own-segments", cancellation);
        return all.GetProperty("segments").EnumerateArray().Any(s => Text(s.GetProperty("definition"), "segment") == name);
    }

    private static string AddressOf(string name) => $"api/v1/own-segments/{Uri.EscapeDataString(name)}";

    private static void Print(JsonElement list, string? only)
    {
        var segments = list.GetProperty("segments").EnumerateArray()
            .Where(s => only is null || Text(s.GetProperty("definition"), "segment") == only).ToList();
        if (segments.Count == 0 && only is not null)
        {
            throw new CommandException($"There is no own segment '{only}'.");
        }

        if (segments.Count == 0)
        {
            Console.WriteLine("There is no own segment. clv segments define NAME \"RULE\" makes one.");
            return;
        }

        var currency = list.GetProperty("currency").GetString();
        var table = new Table().Border(TableBorder.Simple).AddColumns("Segment", "Rule");
        foreach (var title in (string[])["Customers", $"Value so far, {currency}", "Predicted"])
        {
            table.AddColumn(new TableColumn(title) { Alignment = Justify.Right });
        }

        foreach (var segment in segments)
        {
            var (definition, total) = (segment.GetProperty("definition"), segment.GetProperty("total"));
            table.AddRow(
                Cell(definition, "segment"), Cell(definition, "rule"), NumberCell.Of(total, "customers", "N0"),
                NumberCell.Of(total, "historicValue", "N0"), NumberCell.Of(total, "predictedValue", "N0"));
        }

        Terminal.Output.Write(table);
        var waiting = list.GetProperty("age").GetProperty("waiting").GetInt64();
        if (waiting > 0)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{list.GetProperty("progress").GetDouble():P0} of the store has been looked at; {waiting:N0} customers still wait."));
        }
    }

    private static void PrintTransitions(JsonElement page)
    {
        if (page.GetProperty("transitions").GetArrayLength() == 0)
        {
            Console.WriteLine("Nobody has entered or left.");
        }

        foreach (var t in page.GetProperty("transitions").EnumerateArray())
        {
            var cause = t.TryGetProperty("eventMessageId", out var message) && message.ValueKind == JsonValueKind.String
                ? $"event {message.GetString()}"
                : Text(t, "cause").ToLowerInvariant();
            var change = $"{Text(t, "customer")} {Text(t, "kind").ToLowerInvariant()} {Text(t, "subject")}";
            Console.WriteLine(Terminal.Plain($"{Text(t, "at")}  {change}: {cause}"));
        }
    }

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString() ?? "";

    private static Text Cell(JsonElement of, string name) => new(Terminal.Plain(Text(of, name)));
}
