using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace ClvOrleans.Cli.Commands;

/// <summary><c>clv deliveries</c>: what is sent, what became of it, and the dead once more.</summary>
internal static class DeliveriesCommand
{
    private static readonly Option<string?> State = new("--state")
    {
        Description = "List the latest in a state: waiting, handed, sent, dead or cancelled.",
    };

    private static readonly Option<string?> Channel = new("--channel") { Description = "Only by webhook, email, audience or slot." };

    private static readonly Option<string?> Topic = new("--topic") { Description = "Only about a topic." };

    private static readonly Option<int> Limit = new("--limit")
    {
        Description = "How many to list, 1 to 1,000.",
        DefaultValueFactory = _ => 20,
    };

    private static readonly Option<bool> Retry = new("--retry") { Description = "Send the dead ones again." };

    public static Command Create()
    {
        var command = new Command(
            "deliveries", "Show what is sent to customers and subscribers and what became of it; send dead ones again.")
        {
            State, Channel, Topic, Limit, Retry,
        };
        command.SetAction((parsed, cancellation) =>
        {
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

    private static void PrintRevived(JsonElement reply) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{reply.GetProperty("revived").GetInt32():N0} dead deliveries are sent again."));

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

        Terminal.Output.Write(table);
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

        Terminal.Output.Write(table);
    }

    private static Text Cell(JsonElement of, string name) => new(Terminal.Plain(of.GetProperty(name).ToString()));
}
