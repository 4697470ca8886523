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
        var request = HistoryFileOptions.Read(parsed, parsed.GetValue(BacktestOptions.Currency));
        var currency = request.Currency ?? Domain.Currencies.Currency.Of("USD");
        var store = new StoreSettings { Id = new StoreId("backtest"), Currency = currency };
        using var file = FileEvents.Open(parsed.GetValue(BacktestOptions.File)!, request);
        var events = new FileEvents(file, request, store);
        var byCustomer = new Dictionary<CustomerId, Dictionary<EventKey, CustomerEvent>>();
        foreach (var (customer, e) in events.Read())
        {
            if (!byCustomer.TryGetValue(customer, out var own))
            {
                byCustomer[customer] = own = [];
            }

            own[e.Key] = e;
        }

        Console.Error.WriteLine($"{events.Lines} lines read, {events.Refused} refused");
        var split = new LastBasketSplit(store, isProduct);
        foreach (var (customer, own) in byCustomer)
        {
            split.Add(customer, CustomerState.Fold(own.Values, store).Orders.Values);
        }

        return split.Split();
    }

    private static string Existing(string path) => File.Exists(path) ? path : throw new CommandException($"There is no file {path}.");
}
