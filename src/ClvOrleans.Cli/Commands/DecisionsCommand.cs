using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using ClvOrleans.Policies.Deliveries;
using Spectre.Console;

namespace ClvOrleans.Cli.Commands;

/// <summary><c>clv decisions</c></summary>
internal static class DecisionsCommand
{
    public static Command Create()
    {
        var decision = new Argument<string?>("DECISION")
        {
            Description = "Id of a decision. [default: list the latest]",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var policy = new Option<string?>("--policy") { Description = "Only those of a policy.", HelpName = "NAME" };
        var customer = new Option<string?>("--customer")
        {
            Description = "Only those of a customer; v:ID for a visitor.",
            HelpName = "ID",
        };
        var outcome = new Option<string?>("--outcome")
        {
            Description = "Only acted, heldOut, suppressed, shadow or waiting.",
            HelpName = "WORD",
        };
        var reason = new Option<string?>("--reason") { Description = "Only for a reason, such as consent or budget.", HelpName = "WORD" };
        var limit = new Option<int>("--limit")
        {
            Description = "How many to list, 1 to 1,000.",
            DefaultValueFactory = _ => 20,
            HelpName = "N",
        };
        var command = new Command("decisions", "List what policies decided and why, or show one decision with all that it rests on.")
        {
            decision, policy, customer, outcome, reason, limit,
        };
        command.SetAction((parsed, cancellation) =>
        {
            if (parsed.GetValue(decision) is { } id)
            {
                if (!DeliveryId.IsValid(id))
                {
                    throw new CommandException(
                        $"'{id}' is not the id of a decision, 32 of 0-9 and a-f. clv decisions --policy NAME lists those of a policy.");
                }

                return Service.ShowAsync(
                    parsed, http => http.GetAsync($"api/v1/decisions/{Uri.EscapeDataString(id)}", cancellation), Terminal.Json,
                    cancellation);
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

        Terminal.List(table, "There is no such decision.");
    }

    private static Text Cell(JsonElement of, string name) => new(Terminal.Plain(of.GetProperty(name).GetString() ?? ""));

    private static Text Amount(JsonElement of, string name) =>
        new(of.GetProperty(name).GetDouble().ToString("N2", CultureInfo.InvariantCulture));
}
