using System.CommandLine;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ClvOrleans.Policies.ReadyMade;
using Spectre.Console;

namespace ClvOrleans.Cli.Commands;

/// <summary><c>clv policies</c></summary>
internal static class PoliciesCommand
{
    public static Command Create()
    {
        var one = new Argument<string?>("NAME")
        {
            Description = "Show this policy: what it decided and why, and its definition. [default: list all]",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("policies", "List the policies with what they did, and define, judge, switch and remove them.") { one };
        command.SetAction((parsed, cancellation) => parsed.GetValue(one) is { } name
            ? Service.ShowAsync(
                parsed, http => http.GetAsync($"api/v1/policies/{Uri.EscapeDataString(name)}", cancellation), PrintOne, cancellation)
            : Service.ShowAsync(parsed, http => http.GetAsync("api/v1/policies", cancellation), Print, cancellation));
        command.Add(Add());
        command.Add(Evaluate());
        command.Add(Remove());
        command.Add(Mode("shadow", "Have a policy decide and do nothing."));
        command.Add(Mode("live", "Have a policy act."));
        command.Add(Mode("pause", "Have a policy begin nothing; what is under way waits."));
        command.Add(Mode("stop", "End a policy and what is under way."));
        command.Add(Switch("kill", "Stop all policies at once: the kill switch.", isStopped: true));
        command.Add(Switch("resume", "Let policies act again after kill.", isStopped: false));
        return command;
    }

    private static Command Add()
    {
        var what = new Argument<string>("POLICY")
        {
            Description = $"A file with a definition (JSON), or one of {string.Join(", ", ReadyMadePolicies.All.Keys)}.",
        };
        var command = new Command("add", "Define or change a policy. A new one begins with a shadow run.") { what };
        command.SetAction(async (parsed, cancellation) =>
        {
            var definition = await DefinitionAsync(parsed.GetValue(what)!, cancellation);
            var address = $"api/v1/policies/{Uri.EscapeDataString(IdOf(definition))}";
            return await Service.ShowAsync(
                parsed, http => http.PutAsync(address, BodyOf(definition), cancellation),
                reply => Console.WriteLine(
                    $"Policy {Text(reply, "policy")}, revision {reply.GetProperty("revision").GetInt64()}: {Text(reply, "mode")}."),
                cancellation);
        });
        return command;
    }

    private static Command Evaluate()
    {
        var policy = new Argument<string>("POLICY") { Description = "The policy whose decisions are the log." };
        var file = new Argument<string>("DEFINITION") { Description = "A file with the new definition, or the name of a ready-made one." };
        var days = new Option<int>("--days")
        {
            Description = "Days after each decision whose margin counts.",
            DefaultValueFactory = _ => 14,
            HelpName = "N",
        };
        var command = new Command("evaluate", "Judge a new definition by the decisions that a policy has logged.") { policy, file, days };
        command.SetAction(async (parsed, cancellation) =>
        {
            var definition = await DefinitionAsync(parsed.GetValue(file)!, cancellation);
            var address = string.Create(
                CultureInfo.InvariantCulture,
                $"api/v1/policies/{Uri.EscapeDataString(parsed.GetValue(policy)!)}/evaluation?days={parsed.GetValue(days)}");
            return await Service.ShowAsync(
                parsed, http => http.PostAsync(address, BodyOf(definition), cancellation), PrintEvaluation, cancellation);
        });
        return command;
    }

    private static Command Remove()
    {
        var policy = new Argument<string>("POLICY") { Description = "The policy." };
        var command = new Command("remove", "Remove a policy; its decisions stay.") { policy };
        command.SetAction((parsed, cancellation) => Service.ShowAsync(
            parsed, http => http.DeleteAsync($"api/v1/policies/{Uri.EscapeDataString(parsed.GetValue(policy)!)}", cancellation),
            _ => Console.WriteLine($"Policy {parsed.GetValue(policy)} is removed."), cancellation));
        return command;
    }

    private static Command Mode(string name, string description)
    {
        var policy = new Argument<string>("POLICY") { Description = "The policy." };
        var command = new Command(name, description) { policy };
        var mode = name switch { "pause" => "paused", "stop" => "stopped", _ => name };
        command.SetAction((parsed, cancellation) => Service.ShowAsync(
            parsed,
            http =>
                http.PostAsJsonAsync($"api/v1/policies/{Uri.EscapeDataString(parsed.GetValue(policy)!)}/mode", new { mode }, cancellation),
            _ => Console.WriteLine($"Policy {parsed.GetValue(policy)} is {mode}."), cancellation));
        return command;
    }

    private static Command Switch(string name, string description, bool isStopped)
    {
        var command = new Command(name, description);
        command.SetAction((parsed, cancellation) => Service.ShowAsync(
            parsed,
            async http =>
            {
                var terms = await http.GetFromJsonAsync<Dictionary<string, JsonElement>>("api/v1/policies/terms", cancellation);
                terms!["isStopped"] = JsonSerializer.SerializeToElement(isStopped);
                return await http.PutAsJsonAsync("api/v1/policies/terms", terms, cancellation);
            },
            _ => Console.WriteLine(isStopped ? "All policies are stopped." : "Policies act again."), cancellation));
        return command;
    }

    private static async Task<string> DefinitionAsync(string what, CancellationToken cancellation) =>
        File.Exists(what) ? await File.ReadAllTextAsync(what, cancellation)
        : ReadyMadePolicies.All.TryGetValue(what, out var definition) ? definition
        : throw new CommandException($"There is no file {what} and no ready-made policy of that name; there are "
            + $"{string.Join(", ", ReadyMadePolicies.All.Keys)}.");

    private static string IdOf(string definition)
    {
        try
        {
            return JsonElement.Parse(definition) is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("id", out var id)
                && id.ValueKind == JsonValueKind.String ? id.GetString()! : "policy";
        }
        catch (JsonException e)
        {
            throw new CommandException($"The definition is not JSON, line {e.LineNumber + 1}: {e.Message}");
        }
    }

    private static StringContent BodyOf(string definition) => new(definition, Encoding.UTF8, "application/json");

    private static void Print(JsonElement reply)
    {
        var terms = reply.GetProperty("terms");
        if (terms.GetProperty("isStopped").GetBoolean())
        {
            Console.WriteLine("All policies are stopped by the kill switch.");
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("Policy", "Mode");
        foreach (var title in (string[])["Acted", "Held out", "Suppressed", "Shadow", "Waiting", $"Cost, {Text(reply, "currency")}"])
        {
            table.AddColumn(new TableColumn(title) { Alignment = Justify.Right });
        }

        foreach (var policy in reply.GetProperty("policies").EnumerateArray())
        {
            var tallies = policy.GetProperty("decisions").EnumerateArray()
                .ToLookup(t => Text(t, "outcome"), t => t.GetProperty("decisions").GetInt64());
            table.AddRow(
            [
                new Text(Text(policy, "policy")), new Text(Text(policy, "mode")),
                .. ((string[])["Acted", "HeldOut", "Suppressed", "Shadow", "Waiting"])
                    .Select(o => new Text(tallies[o].Sum().ToString("N0", CultureInfo.InvariantCulture))),
                new Text(policy.GetProperty("cost").GetDecimal().ToString("N2", CultureInfo.InvariantCulture)),
            ]);
        }

        Terminal.List(table, $"There is no policy. clv policies add NAME makes one of {string.Join(", ", ReadyMadePolicies.All.Keys)}.");
    }

    private static void PrintOne(JsonElement detail)
    {
        var policy = detail.GetProperty("policy");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Policy {Text(policy, "policy")}, revision {policy.GetProperty("revision").GetInt64()}: {Text(policy, "mode")} "
                + $"since {Text(policy, "modeSince")}."));
        foreach (var tally in policy.GetProperty("decisions").EnumerateArray())
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{tally.GetProperty("decisions").GetInt64(),10:N0}  {Text(tally, "outcome")}: {Text(tally, "reason")}"));
        }

        Terminal.Json(policy.GetProperty("definition"));
    }

    private static void PrintEvaluation(JsonElement reply)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{reply.GetProperty("decisions").GetInt32():N0} decisions, margin of {reply.GetProperty("days").GetInt32()} days after each, "
                + $"less cost:"));
        foreach (var (name, title) in ((string, string)[])[("proposed", "new policy"), ("current", "policy in use")])
        {
            if (reply.TryGetProperty(name, out var estimate) && estimate.ValueKind == JsonValueKind.Object)
            {
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{title}: {estimate.GetProperty("doublyRobust").GetDouble():F4} a decision, "
                        + $"standard error {estimate.GetProperty("standardError").GetDouble():F4}"));
            }
        }

        if (reply.TryGetProperty("refusal", out var refusal) && refusal.ValueKind == JsonValueKind.String)
        {
            Console.WriteLine($"The log cannot tell: {refusal.GetString()}");
        }
    }

    private static string Text(JsonElement of, string name) => Terminal.Plain(of.GetProperty(name).GetString() ?? "");
}
