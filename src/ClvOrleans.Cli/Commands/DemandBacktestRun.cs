using System.CommandLine;
using System.Globalization;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Files;
using ClvOrleans.Reports.Demand;
using ClvOrleans.Server.Imports;
using Spectre.Console;

namespace ClvOrleans.Cli.Commands;

/// <summary><c>clv backtest --demand</c>: judges forecasts of demand by rolling the origin.</summary>
internal static class DemandBacktestRun
{
    public static Option<bool> Demand { get; } = new("--demand")
    {
        Description = "Judge forecasts of units a week, of the store and of its best sold products, instead of values. Takes no days.",
    };

    /// <summary>Reads the file, rolls the origin and judges.</summary>
    public static DemandBacktestResult Run(ParseResult parsed)
    {
        RecommendationOptions.Check(parsed, Demand);
        if (parsed.GetValue(RecommendationOptions.Next) is not null)
        {
            throw new UsageException($"{RecommendationOptions.Next.Name} is not for {Demand.Name}.");
        }

        var isProduct = RecommendationOptions.IsProduct(parsed);
        try
        {
            var (store, customers) = FileEvents.ByCustomer(parsed);
            return DemandBacktest.Run(
                [.. customers.Select(c => (c.Key, (IReadOnlyList<CustomerEvent>)c.Value))], store, isProduct, Console.Error.WriteLine);
        }
        catch (ImportRequestException e)
        {
            throw new UsageException($"--{e.Message}");
        }
        catch (Exception e) when (e is InvalidDataException or HistoryFormatException)
        {
            throw new CommandException(e.Message);
        }
    }

    /// <summary>Prints it for people.</summary>
    public static void Print(DemandBacktestResult result)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("forecast")
            .AddColumn(new TableColumn("total").RightAligned()).AddColumn(new TableColumn($"{result.Judged} best sold").RightAligned());
        foreach (var row in result.Rows)
        {
            table.AddRow(Markup.Escape(row.Name), Text(row.Total), Text(row.Products));
        }

        Terminal.Output.WriteLine(
            $"Weighted absolute percentage error of units a week, {result.Origins} origins, 4 weeks each, {result.Products} products");
        Terminal.Output.Write(table);
        Terminal.Output.WriteLine(
            $"Within the 80 % interval: {Text(result.CoverageOfTotal)} of the store's weeks, {Text(result.CoverageOfProducts)} of those of "
                + "products.");
    }

    private static string Text(double value) => value.ToString("F4", CultureInfo.InvariantCulture);
}
