using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace ClvOrleans.Cli.Commands;

/// <summary><c>clv deliveries</c>: what is sent, what became of it, and the dead once more.</summary>
internal static class DeliveriesCommand
{
    private static readonly Argument<string?> One = new("DELIVERY")
    {
        Description = "Id of a delivery: show it, or with --retry send it again. [default: how many are in which state]",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> State = new("--state")
    {
        HelpName = "WORD",
        Description = "List the latest in a state: waiting, handed, sent, dead or cancelled.",
    };

    private static readonly Option<string?> Channel = new("--channel")
    {
        Description = "Only by webhook, email, audience or slot.",
        HelpName = "WORD",
    };

    private static readonly Option<string?> Topic = new("--topic") { Description = "Only about a topic.", HelpName = "TOPIC" };

    private static readonly Option<int> Limit = new("--limit")
    {
        Description = "How many to list, 1 to 1,000.",
        HelpName = "N",
        DefaultValueFactory = _ => 20,
    };

    private static readonly Option<bool> Retry = new("--retry") { Description = "Send the dead ones again." };

    public static Command Create()
    {
        var command = new Command(
            "deliveries", "Show what is sent to customers and subscribers and what became of it; send dead ones again.")
        {
            One, State, Channel, Topic, Limit, Retry,
        };
        command.SetAction((parsed, cancellation) =>
        {
            if (parsed.GetValue(One) is { } id)
            {
                var address = $"api/v1/deliveries/{Uri.EscapeDataString(id)}";
                return parsed.GetValue(Retry)
                    ? Service.ShowAsync(parsed, http => http.PostAsync($"{address}/retry", null, cancellation), PrintRevived, cancellation)
                    : Service.ShowAsync(parsed, http => http.GetAsync(address, cancellation), Terminal.Json, cancellation);
            }

            var only = $"{Asked("channel", parsed.GetValue(Channel))}{Asked("topic", parsed.GetValue(Topic))}";
            return parsed.GetValue(Retry) ? Service.ShowAsync(
                    parsed, http => http.PostAsync($"api/v1/deliveries/retry?{only}", null, cancellation), PrintRevived, cancellation)
                : parsed.GetValue(State) is null && only.Length == 0 ? Service.ShowAsync(
                    parsed, http => http.GetAsync("api/v1/deliveries/counts", cancellation), PrintCounts, cancellation)
                : Service.ShowAsync(
                    parsed, http => http.GetAsync(
                        $"api/v1/deliveries?limit={parsed.GetValue(Limit)}{Asked("state", parsed.GetValue(State))}{only}", cancellation),
                    PrintList, cancellation);
        });
        return command;
    }

    private static string Asked(string name, string? value) => value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";

    private static void PrintRevived(JsonElement reply)
    {
        var count = reply.GetProperty("revived").GetInt32();
        Console.WriteLine(count == 0 ? "There is no dead delivery." : string.Create(
            CultureInfo.InvariantCulture, $"{count:N0} dead {(count == 1 ? "delivery is" : "deliveries are")} sent again."));
    }

    private static void PrintCounts(JsonElement counts)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Channel", "State", "Reason")
            .AddColumn(new TableColumn("Deliveries") { Alignment = Justify.Right });
        foreach (var count in counts.EnumerateArray())
        {
            table.AddRow(
                Cell(count, "channel"), Cell(count, "state"), Cell(count, "reason"),
                new Text(count.GetProperty("count").GetInt64().ToString("N0", CultureInfo.InvariantCulture)));
        }

        Terminal.List(table, "There is no such delivery.");
    }

    private static void PrintList(JsonElement page)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("Delivery", "Customer", "Channel", "Topic", "State", "Attempts", "Reason");
        foreach (var delivery in page.GetProperty("deliveries").EnumerateArray())
        {
            table.AddRow(
                Cell(delivery, "id"), Cell(delivery, "customer"), Cell(delivery, "channel"), Cell(delivery, "topic"),
                Cell(delivery, "state"), Cell(delivery, "attempts"), Cell(delivery, "reason"));
        }

        Terminal.List(table, "There is no such delivery.");
    }

    private static Text Cell(JsonElement of, string name) => new(Terminal.Plain(of.GetProperty(name).ToString()));
}
