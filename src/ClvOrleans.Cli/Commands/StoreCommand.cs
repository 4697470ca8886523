using System.CommandLine;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace ClvOrleans.Cli.Commands;

/// <summary><c>clv store</c>: the stores of the installation.</summary>
internal static class StoreCommand
{
    private static readonly Argument<string> Id = new("ID") { Description = "The store." };

    private static readonly Option<string[]> Settings = new("--set")
    {
        Description = "A setting of store.json, such as currency=EUR or 'rates={\"USD\":0.9}'; may be repeated.",
        HelpName = "NAME=VALUE",
    };

    private static readonly Option<int?> ExpectedCustomers = new("--expected-customers")
    {
        Description = "How many customers and visitors the store will have in its best years; it decides the number of shards, which "
            + "stays. Default: 64 shards.",
        HelpName = "COUNT",
    };

    public static Command Create()
    {
        var list = new Command("list", "List the stores.");
        list.SetAction((parsed, cancellation) => Service.ShowAsync(
            parsed, http => http.GetAsync("api/v1/stores", cancellation), Print, cancellation));

        var show = new Command("show", "Show a store with its versions.") { Id };
        show.SetAction((parsed, cancellation) => Service.ShowAsync(
            parsed, http => http.GetAsync(AddressOf(parsed), cancellation), Terminal.Json, cancellation));

        var create = new Command("create", "Make a store, and print its first write key.") { Id, ExpectedCustomers, Settings };
        create.SetAction((parsed, cancellation) =>
        {
            var body = BodyOf(parsed);
            body["id"] = parsed.GetValue(Id);
            if (parsed.GetValue(ExpectedCustomers) is { } customers)
            {
                body["expectedCustomers"] = customers;
            }

            return Service.ShowAsync(
                parsed, http => http.PostAsync("api/v1/stores", Content(body), cancellation),
                reply => Console.WriteLine(
                    $"Store {parsed.GetValue(Id)} is made, with {reply.GetProperty("store").GetProperty("shards").GetInt32()} shards. "
                        + $"Its write key, which is not shown again: {Terminal.Plain(reply.GetProperty("writeKey").GetString()!)}"),
                cancellation);
        });

        var set = new Command("set", "Change settings of a store; every silo uses them when it returns.") { Id, Settings };
        set.SetAction((parsed, cancellation) =>
        {
            var body = BodyOf(parsed);
            return body.Count == 0
                ? throw new UsageException("--set is missing: say which setting becomes what, such as --set marginBasisPoints=4000.")
                : Service.ShowAsync(
                    parsed,
                    async http =>
                    {
                        var detail = await http.GetAsync(AddressOf(parsed), cancellation);
                        if (!detail.IsSuccessStatusCode)
                        {
                            return detail;
                        }

                        var known = await detail.Content.ReadFromJsonAsync<JsonElement>(cancellation);
                        body["version"] = known.GetProperty("store").GetProperty("version").GetInt64();
                        return await http.PutAsync(AddressOf(parsed), Content(body), cancellation);
                    },
                    reply => Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"Store {parsed.GetValue(Id)} is at version {reply.GetProperty("version").GetInt64()}.")),
                    cancellation);
        });

        var close = new Command("close", "Close a store for good: it takes no events and answers no questions. Its data stays.") { Id };
        close.SetAction((parsed, cancellation) => Service.ShowAsync(
            parsed, http => http.PostAsync($"{AddressOf(parsed)}/close", null, cancellation),
            _ => Console.WriteLine($"Store {parsed.GetValue(Id)} is closed."), cancellation));

        return new Command("store", "List, make, change and close the stores of the installation.") { list, show, create, set, close };
    }

    private static string AddressOf(ParseResult parsed) => $"api/v1/stores/{Uri.EscapeDataString(parsed.GetValue(Id)!)}";

    // A value is JSON where it can be read as such, else a text.
    private static JsonObject BodyOf(ParseResult parsed)
    {
        var body = new JsonObject();
        foreach (var setting in parsed.GetValue(Settings) ?? [])
        {
            if (setting.Split('=', 2) is not [{ Length: > 0 } name, var value])
            {
                throw new UsageException($"--set: '{setting}' is not NAME=VALUE.");
            }

            try
            {
                body[name] = JsonNode.Parse(value);
            }
            catch (JsonException)
            {
                body[name] = value;
            }
        }

        return body;
    }

    private static StringContent Content(JsonObject body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");

    private static void Print(JsonElement reply)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Store", "State", "Currency", "Time zone")
            .AddColumn(new TableColumn("Shards") { Alignment = Justify.Right })
            .AddColumn(new TableColumn("Version") { Alignment = Justify.Right });
        foreach (var store in reply.GetProperty("stores").EnumerateArray())
        {
            table.AddRow(
                new Text(store.GetProperty("store").GetString()!),
                new Text(store.GetProperty("isClosed").GetBoolean() ? "closed" : "open"),
                new Text(store.GetProperty("currency").GetString()!), new Text(store.GetProperty("timeZone").GetString()!),
                new Text(store.GetProperty("shards").GetInt32().ToString(CultureInfo.InvariantCulture)),
                new Text(store.GetProperty("version").GetInt64().ToString(CultureInfo.InvariantCulture)));
        }

        Terminal.List(table, "There is no store.");
    }
}
