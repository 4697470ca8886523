using System.CommandLine;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace ClvOrleans.Cli.Commands;

/// <summary><c>clv privacy</c>: erasing and suppressing people.</summary>
internal static class PrivacyCommand
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public static Command Create()
    {
        var command = new Command("privacy", "Erase and suppress people, and show how far that is.")
        {
            Asking(
                "erase", "DELETE_ONLY", "Erase people with all identities that became one with them.", "--suppress",
                "SUPPRESS_WITH_DELETE"),
            Asking("suppress", "SUPPRESS_ONLY", "Drop all later events of people, and keep what is held."),
            Asking("unsuppress", "UNSUPPRESS", "Let later events of people count again."),
        };
        var id = new Argument<string>("id") { Description = "The id of the request, such as erasure-3.", HelpName = "ID" };
        var status = new Command("status", "Show how far a request is.") { id };
        status.SetAction((parsed, cancellation) => Service.ShowAsync(
            parsed, http => http.GetAsync($"api/v1/regulations/{Uri.EscapeDataString(parsed.GetValue(id)!)}", cancellation), Print,
            cancellation));
        command.Add(status);
        command.Add(Export());
        return command;
    }

    private static Command Export()
    {
        var id = new Argument<string>("id") { Description = "A user id or an anonymous id.", HelpName = "ID" };
        var to = new Option<string>("--to") { Description = "The ZIP file to write.", HelpName = "FILE", Required = true };
        var command = new Command("export", "Write all that is held on a person into a ZIP of JSON files with a README.") { id, to };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var service = await Service.ReachAsync(parsed, null, cancellation);
            using var reply = await service.Http.GetAsync(
                $"api/v1/customers/{Uri.EscapeDataString(parsed.GetValue(id)!)}/archive", cancellation);
            if (!reply.IsSuccessStatusCode)
            {
                await Service.ReadAsync(reply, cancellation);
            }

            await using var file = new FileStream(parsed.GetValue(to)!, FileMode.CreateNew);
            await reply.Content.CopyToAsync(file, cancellation);
            return 0;
        });
        return command;
    }

    private static Command Asking(string name, string type, string description, string? option = null, string? otherwise = null)
    {
        var users = new Argument<string[]>("ids")
        {
            Description = "User ids or anonymous ids.",
            HelpName = "ID",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command(name, description) { users };
        var other = option is null ? null : new Option<bool>(option) { Description = "Drop all later events too." };
        if (other is not null)
        {
            command.Add(other);
        }

        command.SetAction((parsed, cancellation) => Service.ShowAsync(
            parsed,
            http => AskAsync(
                http, other is not null && parsed.GetValue(other) ? otherwise! : type, parsed.GetValue(users)!, cancellation),
            Print, cancellation));
        return command;
    }

    // Until it has ended: a command that has ended has done what it says.
    private static async Task<HttpResponseMessage> AskAsync(HttpClient http, string type, string[] users, CancellationToken cancellation)
    {
        var reply = await http.PostAsJsonAsync(
            "api/v1/regulations", new { regulationType = type, subjectType = "USER_ID", subjectIds = users }, cancellation);
        while (reply.IsSuccessStatusCode && await reply.Content.ReadFromJsonAsync<JsonElement>(cancellation) is var body
            && body.GetProperty("data") is var data
            && data.GetProperty("regulation").GetProperty("overallStatus").GetString() is "INITIALIZED" or "RUNNING")
        {
            reply.Dispose();
            await Task.Delay(Pause, TimeProvider.System, cancellation);
            reply = await http.GetAsync($"api/v1/regulations/{data.GetProperty("regulateId").GetString()}", cancellation);
        }

        return reply;
    }

    private static void Print(JsonElement answer)
    {
        var regulation = answer.GetProperty("data").GetProperty("regulation");
        var id = regulation.GetProperty("id").GetString();
        if (regulation.GetProperty("result") is { ValueKind: JsonValueKind.Object } result)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{id}: {result.GetProperty("regulationType").GetString()} of {result.GetProperty("subjects").GetInt32():N0}, of whom "
                    + $"{result.GetProperty("found").GetInt32():N0} were known; "
                    + $"{result.GetProperty("events").GetInt64():N0} events erased."));
        }
        else
        {
            Console.WriteLine(
                $"{id}: {regulation.GetProperty("overallStatus").GetString()}. {regulation.GetProperty("stage").GetString()} "
                    + regulation.GetProperty("message").GetString());
        }
    }
}
