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
        var one = new Argument<string?>("LIST") { Description = "Only this one.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("list", "Show the lists of customers, and how many are on each; put customers on one, or take them off.")
        {
            one,
            Change("add", "Put customers on a list. A segment of it has the rule 'NAME' in lists.", ids => new { add = ids }),
            Change("remove", "Take customers off a list.", ids => new { remove = ids }),
        };
        command.SetAction((parsed, cancellation) => Service.ShowAsync(
            parsed, http => http.GetAsync("api/v1/lists", cancellation), lists => Print(lists, parsed.GetValue(one)), cancellation));
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
            reply => PrintChange(reply, $"{(name == "add" ? "put on" : "taken off")} list {parsed.GetValue(list)}"), cancellation));
        return command;
    }

    private static void Print(JsonElement lists, string? only)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("List")
            .AddColumn(new TableColumn("Customers") { Alignment = Justify.Right });
        foreach (var list in lists.EnumerateArray().Where(l => only is null || l.GetProperty("list").GetString() == only))
        {
            table.AddRow(
                new Text(Terminal.Plain(list.GetProperty("list").GetString()!)),
                NumberCell.Of(list, "customers", "N0"));
        }

        if (table.Rows.Count == 0)
        {
            Console.WriteLine(only is null
                ? "Nobody is on a list. clv list add NAME CUSTOMER puts somebody on one."
                : $"Nobody is on a list '{Terminal.Plain(only)}'.");
            return;
        }

        Terminal.Output.Write(table);
        if (only is not null)
        {
            Console.WriteLine(Terminal.Plain($"clv rule \"'{only}' in lists\" shows some of them; "
                + $"clv segments define {only} \"'{only}' in lists\" makes a segment that can be exported."));
        }
    }

    private static void PrintChange(JsonElement reply, string change)
    {
        var count = reply.GetProperty("recorded").GetInt32();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? "customer is" : "customers are")} {Terminal.Plain(change)}."));
        foreach (var refused in reply.GetProperty("refused").EnumerateArray())
        {
            var (customer, message) = (refused.GetProperty("customer").GetString(), refused.GetProperty("message").GetString());
            Console.WriteLine(Terminal.Plain($"{customer}: {message}"));
        }
    }
}
