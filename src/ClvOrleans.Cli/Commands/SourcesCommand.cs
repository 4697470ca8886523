using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace ClvOrleans.Cli.Commands;

/// <summary><c>clv sources</c>: whether it has arrived, and what became of it.</summary>
internal static class SourcesCommand
{
    public static Command Create()
    {
        var command = new Command(
            "sources", "List what sends events: when each source was last seen, how many of its events count, and why the others do not.");
        command.SetAction((parsed, cancellation) =>
            Service.ShowAsync(parsed, http => http.GetAsync("api/v1/sources", cancellation), Print, cancellation));
        return command;
    }

    private static void Print(JsonElement list)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Source", "Kind", "Last seen");
        foreach (var column in (string[])["Accepted", "Known", "Refused", "Failed"])
        {
            table.AddColumn(new TableColumn(column) { Alignment = Justify.Right });
        }

        var sources = list.GetProperty("sources").EnumerateArray().ToList();
        foreach (var source in sources)
        {
            var refused = source.GetProperty("refused").EnumerateArray().Sum(r => r.GetProperty("events").GetInt64());
            table.AddRow(
                new Text(Text(source, "name")), new Text(Text(source, "kind")), new Text(LastSeen(source.GetProperty("lastSeen"))),
                Number(source.GetProperty("accepted").GetInt64()), Number(source.GetProperty("duplicates").GetInt64()), Number(refused),
                Number(source.GetProperty("failed").GetInt64()));
        }

        Terminal.Output.Write(table);
        foreach (var source in sources)
        {
            PrintReasons(source, "refused");
            PrintReasons(source, "noted");
            foreach (var sample in source.GetProperty("samples").EnumerateArray())
            {
                Console.WriteLine($"  {sample.GetProperty("id").GetRawText()}  {Text(sample, "code")}: {Text(sample, "message")}");
            }
        }
    }

    private static void PrintReasons(JsonElement source, string outcome)
    {
        var reasons = source.GetProperty(outcome).EnumerateArray()
            .Select(r => string.Create(CultureInfo.InvariantCulture, $"{Text(r, "code")} {r.GetProperty("events").GetInt64():N0}"))
            .ToList();
        if (reasons.Count > 0)
        {
            Console.WriteLine($"{Text(source, "name")}, {outcome}: {string.Join(", ", reasons)}");
        }
    }

    private static string LastSeen(JsonElement at) =>
        at.ValueKind == JsonValueKind.Null
            ? "never"
            : at.GetDateTimeOffset().UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static Text Number(long number) => new(number.ToString("N0", CultureInfo.InvariantCulture));

    private static string Text(JsonElement of, string name) => Terminal.Plain(of.GetProperty(name).ToString());
}
