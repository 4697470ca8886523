using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;
using ClvOrleans.Model.Currencies;
using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Stores;
using ClvOrleans.Training.Backtests;
using ClvOrleans.Training.Backtests.Models;
using ClvOrleans.Training.Backtests.Reports;
using ClvOrleans.Training.Imports;

namespace ClvOrleans.Server.Commands;

/// <summary><c>clv backtest</c>: judges models by a holdout that they have not seen.</summary>
internal static class BacktestCommand
{
    private const int MostDays = 3_650;

    private static readonly Argument<string> File = new("FILE") { Description = "The history, plain or gzip." };
    private static readonly Option<string> Format = new("--format") { Description = "cdnow, online-retail, orders or shopify.", Required = true };
    private static readonly Option<DateOnly> Calibration = new("--calibration-end") { Description = "Last day that models may see: 1997-09-30.", Required = true, CustomParser = Day };
    private static readonly Option<DateOnly> Holdout = new("--holdout-end") { Description = "Last day of the holdout.", Required = true, CustomParser = Day };
    private static readonly Option<string> Models = new("--models") { Description = $"all, or some of {string.Join(",", ForecastModels.Names)}.", DefaultValueFactory = _ => "all" };
    private static readonly Option<ValueKind> Value = new("--value") { Description = "gross, net (of refunds) or margin.", DefaultValueFactory = _ => ValueKind.Gross };
    private static readonly Option<string?> Predictions = new("--predictions") { Description = "Write the forecast of every customer by every model to this CSV." };
    private static readonly Option<string?> Report = new("--report") { Description = "Write an HTML page with the table and pictures." };
    private static readonly Option<int> Seed = new("--seed") { Description = "Decides all that is random.", DefaultValueFactory = _ => 1 };
    private static readonly Option<string?> Map = new("--map") { Description = "What the file calls the columns of the format: total=Amount,..." };
    private static readonly Option<string> Code = new("--currency") { Description = "Currency of the amounts (ISO 4217).", DefaultValueFactory = _ => "USD" };

    public static Command Create(Option<bool> json)
    {
        var command = new Command("backtest", "Judge models by a holdout that they have not seen.")
        {
            File, Format, Calibration, Holdout, Models, Value, Predictions, Report, Seed, Map, Code,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() => Run(parsed, parsed.GetValue(json), cancellation), cancellation));
        return command;
    }

    private static int Run(ParseResult parsed, bool json, CancellationToken cancellation)
    {
        try
        {
            Check(parsed);
            var result = Backtest.Run(
                Read(parsed),
                parsed.GetValue(Calibration),
                ForecastModels.Find(NamesOf(parsed.GetValue(Models)!)),
                parsed.GetValue(Value),
                parsed.GetValue(Seed),
                model => Console.Error.WriteLine($"{model} ..."),
                cancellation);
            Write(parsed.GetValue(Predictions), text => PredictionsFile.Write(text, result));
            Write(parsed.GetValue(Report), text => text.Write(BacktestPage.Of(result)));
            BacktestTable.Print(result, json);
            return 0;
        }
        catch (UsageException e)
        {
            Console.Error.WriteLine(e.Message);
            return 2;
        }
        catch (Exception e) when (e is BacktestException or HistoryFormatException)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }

    private static StoreHistory Read(ParseResult parsed)
    {
        var path = parsed.GetValue(File)!;
        if (!System.IO.File.Exists(path))
        {
            throw new BacktestException($"There is no file {path}.");
        }

        using var file = HistoryFile.Open(path);
        var store = new StoreSettings { Id = new StoreId("backtest"), Currency = Currency.Of(parsed.GetValue(Code)!) };
        var context = new HistoryContext { Store = store, Source = "file", Columns = ColumnsOf(parsed.GetValue(Map)) };
        var (read, refused) = (0L, 0L);
        var history = StoreHistory.Of(Events(), store, parsed.GetValue(Holdout));
        Console.Error.WriteLine($"{path}: {read} lines read, {refused} refused; {history.Customers.Length} customers up to {history.End:yyyy-MM-dd}");
        return history;

        IEnumerable<(CustomerId Customer, Model.Events.CustomerEvent Event)> Events()
        {
            foreach (var row in HistoryReaders.Find(parsed.GetValue(Format)!).Read(file.Text, context))
            {
                read += row.Lines;
                refused += row.Refusal is null ? 0 : row.Lines;
                if (row.Event is { } e)
                {
                    yield return (row.Customer, e);
                }
            }
        }
    }

    // What can be told from the command line alone is wrong usage.
    private static void Check(ParseResult parsed)
    {
        var (calibration, holdout) = (parsed.GetValue(Calibration), parsed.GetValue(Holdout));
        if (calibration >= holdout)
        {
            throw new UsageException($"--calibration-end {calibration:yyyy-MM-dd} must be before --holdout-end {holdout:yyyy-MM-dd}.");
        }

        if (holdout.DayNumber - calibration.DayNumber > MostDays)
        {
            throw new UsageException($"--holdout-end {holdout:yyyy-MM-dd} is more than {MostDays} days after --calibration-end {calibration:yyyy-MM-dd}.");
        }

        if (!HistoryReaders.All.Any(r => string.Equals(r.Format, parsed.GetValue(Format), StringComparison.OrdinalIgnoreCase)))
        {
            throw new UsageException($"--format: there is no format '{parsed.GetValue(Format)}': {string.Join(", ", HistoryReaders.All.Select(r => r.Format))} are known.");
        }

        if (!Currency.TryFind(parsed.GetValue(Code), out _))
        {
            throw new UsageException($"--currency: '{parsed.GetValue(Code)}' is no ISO 4217 currency in circulation.");
        }

        if (NamesOf(parsed.GetValue(Models)!).FirstOrDefault(n => !ForecastModels.IsKnown(n)) is { } unknown)
        {
            throw new UsageException($"--models: there is no model '{unknown}': all, {string.Join(", ", ForecastModels.Names)} are known.");
        }

        ColumnsOf(parsed.GetValue(Map));
    }

    private static string[] NamesOf(string models) => models.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static ImmutableDictionary<string, string> ColumnsOf(string? map) => (map ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .ToImmutableDictionary(pair => pair[0].Trim(), pair => pair.Length == 2 ? pair[1].Trim() : throw new UsageException($"--map: '{pair[0]}' is not column=name."));

    private static DateOnly Day(ArgumentResult result)
    {
        if (!DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            result.AddError($"'{result.Tokens[0].Value}' is not a date such as 2026-01-31.");
        }

        return day;
    }

    private static void Write(string? path, Action<TextWriter> write)
    {
        if (path is not null)
        {
            using var text = new StreamWriter(path, false, new UTF8Encoding(false)) { NewLine = "\n" };
            write(text);
        }
    }
}
