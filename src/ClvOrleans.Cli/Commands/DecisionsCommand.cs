using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace ClvOrleans.Cli.Commands;

/// <summary><c>clv decisions</c></summary>
internal static class DecisionsCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Create()
    {
        var decision = new Argument<string?>("DECISION")
        {
            Description = "Id of a decision. [default: list the latest]",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var policy = new Option<string?>("--policy") { Description = "Only those of a policy.", HelpName = "NAME" };
        var customer = new Option<string?>("--customer") { Description = "Only those of a customer, c:ID or v:ID.", HelpName = "ID" };
        var outcome = new Option<string?>("--outcome") { Description = "Only acted, heldOut, suppressed, shadow or waiting.", HelpName = "WORD" };
        var reason = new Option<string?>("--reason") { Description = "Only for a reason, such as consent or budget.", HelpName = "WORD" };
        var limit = new Option<int>("--limit") { Description = "How many to list, 1 to 1,000.", DefaultValueFactory = _ => 20, HelpName = "N" };
        var command = new Command("decisions", "List what policies decided and why, or show one decision with all that it rests on.")
        {
            decision, policy, customer, outcome, reason, limit,
        };
        command.SetAction((parsed, cancellation) =>
        {
            if (parsed.GetValue(decision) is { } id)
            {
                return Service.ShowAsync(
                    parsed, http => http.GetAsync($"api/v1/decisions/{Uri.EscapeDataString(id)}", cancellation), PrintOne, cancellation);
            }

            var query = new (string Name, string? Value)[]
            {
                ("policy", parsed.GetValue(policy)), ("customer", parsed.GetValue(customer)), ("outcome", parsed.GetValue(outcome)),
                ("reason", parsed.GetValue(reason)), ("limit", parsed.GetValue(limit).ToString(CultureInfo.InvariantCulture)),
            };
            var text = string.Join('&', query.Where(q => q.Value is not null).Select(q => $"{q.Name}={Uri.EscapeDataString(q.Value!)}"));
            return Service.ShowAsync(parsed, http => http.GetAsync($"api/v1/decisions?{text}", cancellation), Print, cancellation);
        });
        return command;
    }

    private static void Print(JsonElement reply)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("At", "Policy", "Customer", "Outcome", "Reason");
        foreach (var title in (string[])["Cost", "Expected margin", "Score"])
        {
            table.AddColumn(new TableColumn(title) { Alignment = Justify.Right });
        }

        foreach (var one in reply.GetProperty("decisions").EnumerateArray())
        {
            table.AddRow(
                Cell(one, "at"), Cell(one, "policy"), Cell(one, "customer"), Cell(one, "outcome"), Cell(one, "reason"), Amount(one, "cost"),
                Amount(one, "expectedMargin"), Amount(one, "score"));
        }

        Terminal.Output.Write(table);
    }

    private static void PrintOne(JsonElement decision) =>
        Console.WriteLine(JsonSerializer.Serialize(decision, Indented));

    private static Text Cell(JsonElement of, string name) => new(Terminal.Plain(of.GetProperty(name).GetString() ?? ""));

    private static Text Amount(JsonElement of, string name) => new(of.GetProperty(name).GetDouble().ToString("N2", CultureInfo.InvariantCulture));
}
