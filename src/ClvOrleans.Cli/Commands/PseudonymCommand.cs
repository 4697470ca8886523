using System.CommandLine;
using System.Net.Http.Json;
using System.Text.Json;
using Spectre.Console;

namespace ClvOrleans.Cli.Commands;

/// <summary><c>clv pseudonym</c>: under which pseudonyms a store keeps people and orders.</summary>
internal static class PseudonymCommand
{
    public static Command Create()
    {
        var ids = new Argument<string[]>("ids")
        {
            Description = "User ids, anonymous ids or e-mail addresses.",
            HelpName = "ID",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var orders = new Option<string[]>("--order") { Description = "The id of an order; may be repeated.", HelpName = "ORDER" };
        var key = new Option<bool>("--key")
        {
            Description = "Print the key, with which your own systems can compute pseudonyms; keep it as you keep a password.",
        };
        var command = new Command("pseudonym", "Show under which pseudonyms the store keeps people and orders.") { ids, orders, key };
        command.SetAction((parsed, cancellation) =>
        {
            var (people, placed) = (parsed.GetValue(ids) ?? [], parsed.GetValue(orders) ?? []);
            return parsed.GetValue(key)
                ? Service.ShowAsync(
                    parsed, http => http.GetAsync("api/v1/pseudonyms/key", cancellation),
                    reply => Console.WriteLine(Terminal.Plain(reply.GetProperty("key").GetString()!)), cancellation)
                : people.Length + placed.Length == 0
                    ? throw new UsageException("An id is missing: name ids of people, or orders with --order.")
                    : Service.ShowAsync(
                        parsed, http => http.PostAsJsonAsync("api/v1/pseudonyms", new { ids = people, orders = placed }, cancellation),
                        Print, cancellation);
        });
        return command;
    }

    private static void Print(JsonElement reply)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Id", "Pseudonym");
        foreach (var known in reply.GetProperty("ids").EnumerateObject().Concat(reply.GetProperty("orders").EnumerateObject()))
        {
            table.AddRow(new Text(known.Name), new Text(known.Value.GetString()!));
        }

        Terminal.List(table, "Nothing was asked for.");
    }
}
