using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace ClvOrleans.Cli.Commands;

/// <summary><c>clv refused</c>: the events that did not count, and why.</summary>
internal static class RefusedCommand
{
    public static Command Create()
    {
        var code = new Option<string?>("--code")
        {
            Description = "Only events refused for this reason, such as missing_order_id.",
            HelpName = "CODE",
        };
        var source = new Option<string?>("--source") { Description = "Only events of this source.", HelpName = "NAME" };
        var since = new Option<string?>("--since")
        {
            Description = "Only events received at or after this time, such as 2026-01-31T00:00:00Z.",
            HelpName = "TIME",
        };
        var limit = new Option<int>("--limit")
        {
            Description = "How many to list, 1 to 1000.",
            HelpName = "N",
            DefaultValueFactory = _ => 20,
        };
        limit.Validators.Add(SimulationOptions.Within(1, 1_000));
        var command = new Command(
            "refused", "List the events that were refused and not replayed since, the oldest first, with the reason and the field; "
                + "/api/v1/dead-letters can correct, replay and discard them.")
        {
            code, source, since, limit,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var query = QueryString.Create("open", "true").Add("limit", parsed.GetValue(limit).ToString(CultureInfo.InvariantCulture));
            foreach (var (name, option) in ((string, Option<string?>)[])[("code", code), ("source", source), ("since", since)])
            {
                query = parsed.GetValue(option) is { } value ? query.Add(name, value) : query;
            }

            return Service.ShowAsync(
                parsed, http => http.GetAsync("api/v1/dead-letters" + query.ToUriComponent(), cancellation), Print, cancellation);
        });
        return command;
    }

    /// <summary>The events of a reason and source: those that are kept, and those that were only counted.</summary>
    public static long CountOf(JsonElement count) =>
        count.GetProperty("letters").GetInt64() + (count.TryGetProperty("beyond", out var beyond) ? beyond.GetInt64() : 0);

    private static void Print(JsonElement page)
    {
        var counts = page.GetProperty("open").EnumerateArray().ToList();
        if (counts.Count == 0)
        {
            Console.WriteLine("No event was refused.");
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("Reason", "Source")
            .AddColumn(new TableColumn("Events") { Alignment = Justify.Right });
        foreach (var count in counts)
        {
            table.AddRow(
                new Text(Text(count, "code")), new Text(Text(count, "source")),
                new Text(CountOf(count).ToString("N0", CultureInfo.InvariantCulture)));
        }

        Terminal.Output.Write(table);
        foreach (var letter in page.GetProperty("letters").EnumerateArray())
        {
            Console.WriteLine(
                $"{letter.GetProperty("id").GetRawText(),6}  {Text(letter, "receivedAt")}  "
                    + $"{Text(letter, "code")}: {Text(letter, "message")}");
            Console.WriteLine($"        {Terminal.Plain(Shortened(letter.GetProperty("event").GetString()!))}");
        }

        var kept = counts.Sum(c => c.GetProperty("letters").GetInt64());
        if (counts.Sum(CountOf) is var all && all > kept)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{all - kept:N0} of them came beyond the quota of their source and were only counted."));
        }

        static string Text(JsonElement of, string name) => Terminal.Plain(of.GetProperty(name).ToString());
        static string Shortened(string text) => text.Length <= 140 ? text : text[..139] + "…";
    }
}
