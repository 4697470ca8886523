using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace ClvOrleans.Cli.Commands;

/// <summary><c>clv segments rfm</c> and <c>clv segments clusters</c>.</summary>
internal static class LearnedSegmentsCommand
{
    private const int Best = 5;

    /// <summary>The commands, under <c>clv segments</c>.</summary>
    public static IEnumerable<Command> All => [Rfm(), Clusters()];

    private static Command Rfm()
    {
        var command = new Command(
            "rfm", "Show the grid of recency and frequency, and its groups. Scores go from 1 to 5, the best fifth of the buyers.");
        command.SetAction((parsed, cancellation) =>
            Service.ShowAsync(parsed, http => http.GetAsync("api/v1/segments/rfm", cancellation), PrintRfm, cancellation));
        return command;
    }

    private static Command Clusters()
    {
        var command = new Command("clusters", "Show the groups of customers who buy alike: size, value, and what distinguishes each.");
        command.SetAction((parsed, cancellation) =>
            Service.ShowAsync(parsed, http => http.GetAsync("api/v1/segments/clusters", cancellation), PrintClusters, cancellation));
        return command;
    }

    private static void PrintRfm(JsonElement report)
    {
        if (report.GetProperty("cuts") is not { ValueKind: JsonValueKind.Object } cuts)
        {
            Console.WriteLine("There are no scores yet: a training cuts them. clv train begins one.");
            return;
        }

        var cells = report.GetProperty("cells").EnumerateArray().ToArray();
        var grid = Table("Customers", [.. Enumerable.Range(1, Best).Select(f => $"Frequency {f}")]);
        for (var recency = Best; recency > 0; recency--)
        {
            grid.AddRow([new Text($"Recency {recency}"), .. Enumerable.Range(1, Best).Select(frequency => Whole(cells
                .Where(c => c.GetProperty("recency").GetInt32() == recency && c.GetProperty("frequency").GetInt32() == frequency)
                .Sum(c => c.GetProperty("values").GetProperty("customers").GetDecimal())))]);
        }

        Terminal.Output.Write(grid);
        var groups = ValuesTable(report, "Group");
        foreach (var group in report.GetProperty("groups").EnumerateArray())
        {
            groups.AddRow([new Text(group.GetProperty("name").GetString()!), .. Values(group)]);
        }

        groups.AddEmptyRow();
        groups.AddRow([new Text("All with scores"), .. Values(report.GetProperty("total"))]);
        Terminal.Output.Write(groups);
        Console.WriteLine(
            $"Scores by {report.GetProperty("modelVersion").GetString()}: 1, and one more for each cut that a customer does better than.");
        Console.WriteLine(
            $"Days since the last purchase: {List(cuts, "recencyDays")}. Orders: {List(cuts, "orders")}. Spent: {List(cuts, "spend")}.");
        TellOthers(report, "unscored", "have no scores yet");
    }

    private static void PrintClusters(JsonElement report)
    {
        var clusters = report.GetProperty("clusters").EnumerateArray().ToArray();
        if (clusters.Length > 0)
        {
            var table = ValuesTable(report, "Cluster", "Name", "Orders", "Order value", "Days since the last", "Days from first to last");
            foreach (var cluster in clusters)
            {
                var centroid = cluster.GetProperty("centroid");
                table.AddRow([
                    new Text(cluster.GetProperty("id").GetString()!), new Text(cluster.GetProperty("name").GetString()!),
                    NumberCell.Of(centroid, "orders", "0.0"), NumberCell.Of(centroid, "orderValue", "N2"),
                    NumberCell.Of(centroid, "recencyDays", "N0"), NumberCell.Of(centroid, "lengthDays", "N0"),
                    .. Values(cluster.GetProperty("values"))]);
            }

            Terminal.Output.Write(table);
        }

        Console.WriteLine(report.GetProperty("reason").GetString());
        if (clusters.Length > 0)
        {
            TellOthers(report, "unclustered", "are in none yet");
        }
    }

    private static void TellOthers(JsonElement report, string name, string what)
    {
        if (NumberCell.Find(report, name) is > 0 and var others)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{others:N0} customers who have bought {what}."));
        }
    }

    private static Table ValuesTable(JsonElement report, string first, params string[] more)
    {
        var (currency, days) = (report.GetProperty("currency").GetString(), report.GetProperty("horizonDays").GetInt32());
        return Table(first, [.. more, "Customers", $"Value so far, {currency}", $"Predicted, {days} days"]);
    }

    private static Table Table(string first, string[] others)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn(first);
        foreach (var title in others)
        {
            table.AddColumn(new TableColumn(title) { Alignment = title == "Name" ? Justify.Left : Justify.Right });
        }

        return table;
    }

    private static Text[] Values(JsonElement values) =>
    [
        NumberCell.Of(values, "customers", "N0"), NumberCell.Of(values, "historicValue", "N0"),
        NumberCell.Of(values, "predictedValue", "N0"),
    ];

    private static Text Whole(decimal number) => new(number.ToString("N0", CultureInfo.InvariantCulture));

    private static string List(JsonElement cuts, string name) => string.Join(
        ", ", cuts.GetProperty(name).EnumerateArray().Select(c => c.GetDecimal().ToString("#,##0.##", CultureInfo.InvariantCulture)));
}
