using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace ClvOrleans.Cli.Commands;

/// <summary><c>clv repair</c></summary>
internal static class RepairCommand
{
    public static Command Create()
    {
        var above = new Option<decimal?>("--above")
        {
            Description = "Orders worth more than this, in major units of the store's currency. [default: 1000000000, the most that is "
                + "accepted]",
            HelpName = "AMOUNT",
        };
        var apply = new Option<bool>("--apply")
        {
            Description = "Cancel the orders by appending a cancellation for each. Without it, they are only listed.",
        };
        var command = new Command(
            "repair", "Show the orders that are worth too much to be true, and cancel them on request.") { above, apply };
        command.SetAction((parsed, cancellation) =>
        {
            var isApplied = parsed.GetValue(apply);
            var query = parsed.GetValue(above) is { } amount ? string.Create(CultureInfo.InvariantCulture, $"?above={amount}") : "";
            return Service.ShowAsync(
                parsed,
                http =>
                    isApplied
                        ? http.PostAsync("api/v1/repairs/orders" + query, null, cancellation)
                        : http.GetAsync("api/v1/repairs/orders" + query, cancellation),
                reply => Print(reply, isApplied), cancellation);
        });
        return command;
    }

    private static void Print(JsonElement reply, bool isApplied)
    {
        var (currency, count, cancelled) =
            (reply.GetProperty("currency").GetString()!, reply.GetProperty("count").GetInt32(), reply.GetProperty("cancelled").GetInt32());
        var above = string.Create(CultureInfo.InvariantCulture, $"above {currency} {reply.GetProperty("above").GetDecimal():#,##0.##}");
        if (count == 0)
        {
            Console.WriteLine($"No order is {above}.");
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("Customer", "Order", "Day");
        table.AddColumn(new TableColumn($"Value, {currency}") { Alignment = Justify.Right });
        foreach (var order in reply.GetProperty("orders").EnumerateArray())
        {
            table.AddRow(
                Text(order, "customer"), Text(order, "order"), Text(order, "day"),
                new Text(order.GetProperty("value").GetDecimal().ToString("N2", CultureInfo.InvariantCulture)));
        }

        Terminal.Output.Write(table);
        var shown = reply.GetProperty("orders").GetArrayLength();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{count:N0} {(count == 1 ? "order is" : "orders are")} {above}{(shown < count ? $" (the first {shown:N0} are "
                + "shown)" : "")}; {(isApplied ? $"{cancelled:N0} cancelled now." : "nothing was changed: --apply cancels them.")}"));
    }

    private static Text Text(JsonElement order, string name) => new(Terminal.Plain(order.GetProperty(name).GetString()!));
}
