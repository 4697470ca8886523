using System.CommandLine;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Spectre.Console;

namespace ClvOrleans.Cli.Commands;

/// <summary><c>clv rule</c></summary>
internal static class RuleCommand
{
    public static Command Create()
    {
        var rule = new Argument<string?>("RULE")
        {
            Description = "The condition, in quotes, such as \"predictedValue > 200 and pAlive < 0.4 and 'shoes' in categories\". "
                + "[default: list what rules may ask for]",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var sample = new Option<int>("--sample")
        {
            Description = "How many of the customers to list, 0 to 1,000.",
            DefaultValueFactory = _ => 20,
            HelpName = "N",
        };
        var command = new Command(
            "rule", "Show how many customers a condition selects, what they are worth, and the most valuable of them; nothing is stored.")
        {
            rule, sample,
        };
        command.SetAction((parsed, cancellation) => parsed.GetValue(rule) is { } text
            ? Service.ShowAsync(
                parsed,
                http => http.PostAsJsonAsync("api/v1/rules/preview", new { rule = text, sample = parsed.GetValue(sample) }, cancellation),
                Print, cancellation)
            : Service.ShowAsync(parsed, http => http.GetAsync("api/v1/rules/fields", cancellation), PrintFields, cancellation));
        return command;
    }

    private static void Print(JsonElement reply)
    {
        var (currency, total) = (reply.GetProperty("currency").GetString(), reply.GetProperty("total"));
        var matches = total.GetProperty("customers").GetInt64();
        var (asked, unknown) = (reply.GetProperty("asked").GetInt64(), reply.GetProperty("unknown").GetInt64());
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{matches:N0} of {asked:N0} customers and visitors{(unknown > 0 ? $"; for {unknown:N0} it cannot be told" : "")}."));
        if (matches == 0 || total.GetProperty("historicValue").ValueKind == JsonValueKind.Null) // As with smallestGroup.
        {
            return;
        }

        var (historic, predicted) = (total.GetProperty("historicValue").GetDecimal(), total.GetProperty("predictedValue").GetDecimal());
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"Value so far {currency} {historic:N2}, predicted {currency} {predicted:N2}."));
        var table = new Table().Border(TableBorder.Simple).AddColumns("Customer", "Segment");
        foreach (var title in (string[])[$"Value so far, {currency}", "Predicted", "P(alive)", "Last seen"])
        {
            table.AddColumn(new TableColumn(title) { Alignment = Justify.Right });
        }

        foreach (var customer in reply.GetProperty("sample").EnumerateArray())
        {
            table.AddRow(
                Text(customer, "customer"), Text(customer, "segment"),
                NumberCell.Of(customer, "historic", "N2", none: ""), NumberCell.Of(customer, "predicted", "N2", none: ""),
                NumberCell.Of(customer, "probabilityAlive", "0.00", none: ""),
                Text(customer, "lastSeen"));
        }

        Terminal.Output.Write(table);
    }

    private static void PrintFields(JsonElement fields)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Field", "Type", "Meaning");
        foreach (var field in fields.EnumerateArray())
        {
            table.AddRow(Text(field, "name"), Text(field, "type"), Text(field, "meaning"));
        }

        Terminal.Output.Write(table);
    }

    private static Text Text(JsonElement of, string name) => new(Terminal.Plain(of.GetProperty(name).GetString() ?? ""));
}
