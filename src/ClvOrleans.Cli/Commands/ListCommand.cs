using System.CommandLine;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Spectre.Console;

namespace ClvOrleans.Cli.Commands;

/// <summary><c>clv list</c>: lists of customers that people keep.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var command = new Command("list", "Show the lists of customers, and how many are on each; put customers on one, or take them off.")
        {
            Change("add", "Put customers on a list. A segment of it has the rule 'NAME' in lists.", ids => new { add = ids }),
            Change("remove", "Take customers off a list.", ids => new { remove = ids }),
        };
        command.SetAction((parsed, cancellation) =>
            Service.ShowAsync(parsed, http => http.GetAsync("api/v1/lists", cancellation), Print, cancellation));
        return command;
    }

    private static Command Change(string name, string description, Func<string[], object> body)
    {
        var list = new Argument<string>("NAME") { Description = "Name of the list." };
        var customers = new Argument<string[]>("CUSTOMER") { Description = "User ids, up to 1,000.", Arity = ArgumentArity.OneOrMore };
        var command = new Command(name, description) { list, customers };
        command.SetAction((parsed, cancellation) => Service.ShowAsync(
            parsed,
            http => http.PostAsJsonAsync(
                $"api/v1/lists/{Uri.EscapeDataString(parsed.GetValue(list)!)}/customers", body(parsed.GetValue(customers)!), cancellation),
            PrintChange, cancellation));
        return command;
    }

    private static void Print(JsonElement lists)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("List")
            .AddColumn(new TableColumn("Customers") { Alignment = Justify.Right });
        foreach (var list in lists.EnumerateArray())
        {
            table.AddRow(
                new Text(Terminal.Plain(list.GetProperty("list").GetString()!)),
                new Text(list.GetProperty("customers").GetInt64().ToString("N0", CultureInfo.InvariantCulture)));
        }

        if (table.Rows.Count == 0)
        {
            Console.WriteLine("Nobody is on a list.");
            return;
        }

        Terminal.Output.Write(table);
    }

    private static void PrintChange(JsonElement reply)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{reply.GetProperty("recorded").GetInt32():N0} recorded."));
        foreach (var refused in reply.GetProperty("refused").EnumerateArray())
        {
            var (customer, message) = (refused.GetProperty("customer").GetString(), refused.GetProperty("message").GetString());
            Console.WriteLine(Terminal.Plain($"{customer}: {message}"));
        }
    }
}
