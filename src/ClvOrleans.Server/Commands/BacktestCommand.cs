using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using ClvOrleans.Model.Currencies;
using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Stores;
using ClvOrleans.Training.Backtests;
using ClvOrleans.Training.Backtests.Models;
using ClvOrleans.Training.Imports;

namespace ClvOrleans.Server.Commands;

/// <summary>Judges models by a holdout that they have not seen.</summary>
internal static class BacktestCommand
{
    public static Command Create(Option<bool> json)
    {
        var file = new Argument<FileInfo>("file") { Description = "The file, plain or .gz." };
        var format = new Option<string>("--format") { Description = "cdnow, online-retail, orders or shopify.", Required = true };
        var calibration = new Option<DateOnly>("--calibration-end") { Description = "Last day that the models see: 1997-09-30.", Required = true, CustomParser = Day };
        var holdout = new Option<DateOnly>("--holdout-end") { Description = "Last day of the holdout.", Required = true, CustomParser = Day };
        var models = new Option<string>("--models") { Description = $"all, or some of {string.Join(", ", ForecastModels.Names)}.", DefaultValueFactory = _ => "all" };
        var value = new Option<ValueKind>("--value") { Description = "gross, net or margin.", DefaultValueFactory = _ => ValueKind.Gross };
        var predictions = new Option<FileInfo?>("--predictions") { Description = "Write every forecast to this CSV." };
        var report = new Option<FileInfo?>("--report") { Description = "Write an HTML page with pictures." };
        var seed = new Option<int>("--seed") { Description = "Decides all that is random in a model.", DefaultValueFactory = _ => 1 };
        var map = new Option<string?>("--map") { Description = "Columns of the orders CSV: total=Amount,..." };
        var currency = new Option<string>("--currency") { Description = "Currency of the amounts (ISO 4217).", DefaultValueFactory = _ => "USD" };
        var command = new Command("backtest", "Judge models by a holdout that they have not seen.")
        {
            file, format, calibration, holdout, models, value, predictions, report, seed, map, currency,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var rows = Read(parsed.GetValue(file)!, parsed.GetValue(format)!, parsed.GetValue(map), parsed.GetValue(currency)!, parsed.GetValue(holdout));
            var result = Backtest.Run(rows, parsed.GetValue(calibration), ForecastModels.Find(parsed.GetValue(models)!.Split(',')), parsed.GetValue(value), parsed.GetValue(seed), Console.Error.WriteLine, cancellation);
            foreach (var r in result.Rows)
            {
                Console.WriteLine(JsonSerializer.Serialize(new { r.Model, r.Description, r.Score, Fit = r.FitTime.TotalSeconds, Forecast = r.ForecastTime.TotalSeconds }));
            }

            return Task.FromResult(0);
        });
        return command;
    }

    private static DateOnly Day(System.CommandLine.Parsing.ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            result.AddError($"'{text}' is not a date such as 2026-01-31.");
        }

        return day;
    }

    private static StoreHistory Read(FileInfo file, string format, string? map, string currency, DateOnly end)
    {
        var store = new StoreSettings { Id = new StoreId("backtest"), Currency = Currency.Of(currency) };
        using var history = HistoryFile.Open(file.FullName);
        var context = new HistoryContext { Store = store, Source = "file" };
        return StoreHistory.Of(
            HistoryReaders.Find(format).Read(history.Text, context).Where(r => r.Event is not null).Select(r => (r.Customer, r.Event!)), store, end);
    }
}
