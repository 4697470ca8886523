using System.CommandLine;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Files;
using ClvOrleans.Recommendations.Backtests;
using ClvOrleans.Recommendations.Catalogues;
using ClvOrleans.Server.Imports;

namespace ClvOrleans.Cli.Commands;

/// <summary><c>clv backtest --recommendations</c>: judges recommendations by each customer's next basket.</summary>
internal static class RecommendationBacktestRun
{
    /// <summary>Reads the file, learns and judges.</summary>
    public static RecommendationBacktestResult Run(ParseResult parsed)
    {
        RecommendationOptions.Check(parsed);
        var isProduct = RecommendationOptions.IsProduct(parsed);
        try
        {
            var (catalogue, customers) = parsed.GetValue(RecommendationOptions.Next) is { } next
                ? NextBasketFile.Read(Existing(parsed.GetValue(BacktestOptions.File)!), Existing(next))
                : ReadOrders(parsed, isProduct);
            Console.Error.WriteLine($"{customers.Length} customers with a next basket, {catalogue.Count} products");
            return RecommendationBacktest.Run(catalogue, customers, null, what => Console.Error.WriteLine($"{what} ..."));
        }
        catch (ImportRequestException e)
        {
            throw new UsageException($"--{e.Message}");
        }
        catch (Exception e) when (e is InvalidDataException or HistoryFormatException or ArgumentException)
        {
            throw new CommandException(e.Message);
        }
    }

    private static (Catalogue Catalogue, BacktestCustomer[] Customers) ReadOrders(ParseResult parsed, Func<string, bool> isProduct)
    {
        var (store, customers) = FileEvents.ByCustomer(parsed);
        var split = new LastBasketSplit(store, isProduct);
        foreach (var (customer, own) in customers)
        {
            // Of an event that comes again the last one counts.
            split.Add(customer, CustomerState.Fold(own.AsEnumerable().Reverse().DistinctBy(e => e.Key), store).Orders.Values);
        }

        return split.Split();
    }

    private static string Existing(string path) => File.Exists(path) ? path : throw new CommandException($"There is no file {path}.");
}
