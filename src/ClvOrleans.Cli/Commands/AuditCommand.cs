using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace ClvOrleans.Cli.Commands;

/// <summary><c>clv audit</c>: who did what.</summary>
internal static class AuditCommand
{
    public static Command Create()
    {
        var customer = new Option<string?>("--customer") { Description = "Only what was about a customer.", HelpName = "ID" };
        var key = new Option<string?>("--key") { Description = "Only what a key or a session did, by its id.", HelpName = "ID" };
        var action = new Option<string?>("--action") { Description = "Only Read, Change, Export or Erase.", HelpName = "ACTION" };
        var limit = new Option<int>("--limit") { Description = "How many entries.", HelpName = "N", DefaultValueFactory = _ => 50 };
        var command = new Command("audit", "Show who read, changed, exported and erased what, the latest first.")
        {
            customer, key, action, limit,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var query = string.Concat(
                Part("customer", parsed.GetValue(customer)), Part("caller", parsed.GetValue(key)), Part("action", parsed.GetValue(action)));
            var most = parsed.GetValue(limit).ToString(CultureInfo.InvariantCulture);
            return Service.ShowAsync(parsed, http => http.GetAsync($"api/v1/audit?limit={most}{query}", cancellation), Print, cancellation);
        });
        return command;
    }

    private static string Part(string name, string? value) => value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";

    private static void Print(JsonElement page)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("At", "Key", "Name", "Action", "What", "Of", "Answer")
            .AddColumn(new TableColumn("Times") { Alignment = Justify.Right });
        foreach (var entry in page.GetProperty("entries").EnumerateArray())
        {
            var customers = entry.GetProperty("customers").GetArrayLength();
            var target = entry.GetProperty("target").GetString()!;
            table.AddRow([
                .. new[]
                {
                    entry.GetProperty("at").GetDateTimeOffset().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                    entry.GetProperty("caller").GetString()!, entry.GetProperty("name").GetString()!,
                    entry.GetProperty("action").GetString()!, entry.GetProperty("operation").GetString()!,
                    customers == 0 ? target : string.Create(CultureInfo.InvariantCulture, $"{target} {customers} customers").Trim(),
                    entry.GetProperty("status").GetInt32().ToString(CultureInfo.InvariantCulture),
                    entry.GetProperty("count").GetInt64().ToString("N0", CultureInfo.InvariantCulture),
                }.Select(text => new Text(Terminal.Plain(text))),
            ]);
        }

        Terminal.List(table, "There is no such entry.");
    }
}
