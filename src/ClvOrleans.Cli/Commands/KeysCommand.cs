using System.CommandLine;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using ClvOrleans.Server.Access;
using Spectre.Console;

namespace ClvOrleans.Cli.Commands;

/// <summary><c>clv keys</c>: who may ask the service, and what.</summary>
internal static class KeysCommand
{
    private static readonly string[] Scopes = ["write", "read", "act", "admin"];

    public static Command Create()
    {
        var command = new Command("keys", "Show, make, renew and revoke keys, and print a link that signs you in.")
        {
            List(), Make(), Rotate(), Revoke("revoke", "ID", "Revoke a key, and end the sessions that were opened by it.", "keys"), Link(),
            Sessions(),
        };
        command.SetAction((parsed, cancellation) => ShowAsync(parsed, "keys", cancellation));
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "Show the keys, ended ones too. The keys themselves are shown once, when they are made.");
        command.SetAction((parsed, cancellation) => ShowAsync(parsed, "keys", cancellation));
        return command;
    }

    private static Command Make()
    {
        var name = new Argument<string>("NAME")
        {
            Description = "What it is for, such as reports; of a write key the source of its events.",
        };
        var scope = new Option<string>("--scope")
        {
            Description = "write sends events and nothing else, and may be published; read asks; act also changes; admin may do all.",
            HelpName = "SCOPE",
            DefaultValueFactory = _ => "read",
        };
        scope.AcceptOnlyFromAmong(Scopes);
        var store = new Option<string?>("--store")
        {
            Description = "The store that it is for. Default all of the installation.",
            HelpName = "ID",
        };
        var days = new Option<int?>("--days") { Description = "After how many days it ends. Default never.", HelpName = "N" };
        var command = new Command("create", "Make a key.") { name, scope, store, days };
        command.SetAction((parsed, cancellation) => Service.ShowAsync(
            parsed,
            http => http.PostAsJsonAsync(
                "api/v1/keys",
                new
                {
                    name = parsed.GetValue(name),
                    scope = parsed.GetValue(scope),
                    store = parsed.GetValue(store),
                    expiresInDays = parsed.GetValue(days),
                },
                cancellation),
            PrintMade, cancellation));
        return command;
    }

    private static Command Rotate()
    {
        var id = Id("ID");
        var hours = new Option<int>("--overlap")
        {
            Description = "For how many hours the old key goes on, up to 2,160.",
            HelpName = "HOURS",
            DefaultValueFactory = _ => 24,
        };
        var command = new Command("rotate", "Make a new key in the place of one. The owner's in the data folder is replaced there too.")
        {
            id, hours,
        };
        command.SetAction((parsed, cancellation) => Service.ShowAsync(
            parsed,
            http => http.PostAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"api/v1/keys/{Uri.EscapeDataString(parsed.GetValue(id)!)}/rotate?overlapHours={parsed.GetValue(hours)}"),
                null, cancellation),
            made =>
            {
                KeepOwner(parsed.GetValue(Shared.Data)!, parsed.GetValue(id)!, made.GetProperty("key").GetString()!);
                PrintMade(made);
            },
            cancellation));
        return command;
    }

    private static Command Revoke(string name, string argument, string description, string what)
    {
        var id = Id(argument);
        var command = new Command(name, description) { id };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var service = await Service.ReachAsync(parsed, null, cancellation);
            using var reply = await service.Http.DeleteAsync(
                $"api/v1/{what}/{Uri.EscapeDataString(parsed.GetValue(id)!)}", cancellation);
            await Service.ReadAsync(reply, cancellation);
            Console.WriteLine(parsed.GetValue(Shared.Json) ? "{}" : $"{Terminal.Plain(parsed.GetValue(id)!)} is not accepted any more.");
            return 0;
        });
        return command;
    }

    private static Command Link()
    {
        var command = new Command("link", "Print a link that signs in whoever opens it first, within 15 minutes.");
        command.SetAction((parsed, cancellation) => Service.ShowAsync(
            parsed, http => http.PostAsync("api/v1/keys/link", null, cancellation),
            made => Console.WriteLine(made.GetProperty("link").GetString()), cancellation));
        return command;
    }

    private static Command Sessions()
    {
        var command = new Command("sessions", "Show who is signed in.")
        {
            Revoke("end", "ID", "End a session.", "sessions"),
        };
        command.SetAction((parsed, cancellation) => ShowAsync(parsed, "sessions", cancellation));
        return command;
    }

    private static Argument<string> Id(string name) => new(name) { Description = "The id, as the list shows it." };

    private static Task<int> ShowAsync(ParseResult parsed, string what, CancellationToken cancellation) => Service.ShowAsync(
        parsed, http => http.GetAsync($"api/v1/{what}", cancellation), list => Print(list, what), cancellation);

    private static void Print(JsonElement list, string what)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Id", "Name", "Scope", "Store", "Made", "Last used", "Ends");
        foreach (var key in list.GetProperty("keys").EnumerateArray())
        {
            table.AddRow([
                .. new[]
                {
                    key.GetProperty("id").GetString()!, key.GetProperty("name").GetString()!, key.GetProperty("scope").GetString()!,
                    key.GetProperty("store").GetString() ?? "all", Day(key, "createdAt"), Day(key, "usedAt"),
                    key.GetProperty("revokedAt").ValueKind == JsonValueKind.Null ? Day(key, "expiresAt") : "revoked",
                }.Select(text => new Text(Terminal.Plain(text))),
            ]);
        }

        Terminal.List(table, what == "keys" ? "There is no key. clv keys create NAME makes one." : "Nobody is signed in.");
    }

    private static void PrintMade(JsonElement made)
    {
        Console.WriteLine(made.GetProperty("key").GetString());
        Terminal.Error.WriteLine(Terminal.Plain(
            $"Key {made.GetProperty("id").GetString()} for {made.GetProperty("name").GetString()}, scope "
                + $"{made.GetProperty("scope").GetString()}. It is shown this once."));
    }

    // The commands of this folder go on by the new key.
    private static void KeepOwner(string folder, string id, string key)
    {
        if (OwnerKeyFile.Read(folder) is { } owner && CredentialText.FindId(owner) == id)
        {
            OwnerKeyFile.Write(folder, key);
        }
    }

    private static string Day(JsonElement key, string member) =>
        key.GetProperty(member).ValueKind == JsonValueKind.Null
            ? ""
            : key.GetProperty(member).GetDateTimeOffset().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
