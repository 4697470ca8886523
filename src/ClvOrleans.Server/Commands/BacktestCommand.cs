using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ClvOrleans.Model.Currencies;
using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Events;
using ClvOrleans.Model.Stores;
using ClvOrleans.Server.Imports;
using ClvOrleans.Training.Backtests;
using ClvOrleans.Training.Backtests.Models;
using ClvOrleans.Training.Backtests.Reports;
using ClvOrleans.Training.Imports;

namespace ClvOrleans.Server.Commands;

/// <summary><c>clv backtest</c>: judges models by a holdout that they have not seen.</summary>
internal static class BacktestCommand
{
    private const int MostDays = 3_650;
    private static readonly Argument<string> File = new("FILE") { Description = "The history, plain or gzip; none with --store.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<bool> Store = new("--store") { Description = "Test on the journal of the store of --data or --urls; the days may then be left out." };
    private static readonly Option<string?> Format = new("--format") { Description = $"{HistoryReaders.Names}. [default: known by the first line]", HelpName = "NAME" };
    private static readonly Option<DateOnly?> Calibration = new("--calibration-end") { Description = "Last day that models may see: 1997-09-30.", HelpName = "DAY", CustomParser = Day };
    private static readonly Option<DateOnly?> Holdout = new("--holdout-end") { Description = "Last day of the holdout.", HelpName = "DAY", CustomParser = Day };
    private static readonly Option<string> Models = new("--models") { Description = $"all, or some of {string.Join(",", ForecastModels.Names)}.", HelpName = "NAME,...", DefaultValueFactory = _ => "all" };
    private static readonly Option<ValueKind> Value = new("--value") { Description = "What is forecast: revenue before refunds, after them, or the margin.", HelpName = "gross|net|margin", CustomParser = Kind, DefaultValueFactory = _ => ValueKind.Gross };
    private static readonly Option<string?> Predictions = new("--predictions") { Description = "CSV file to write the forecast of every customer by every model to.", HelpName = "OUT" };
    private static readonly Option<string?> Report = new("--report") { Description = "HTML page to write the table and pictures to.", HelpName = "OUT" };
    private static readonly Option<int> Seed = new("--seed") { Description = "Decides all that is random.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private static readonly Option<string?> Map = new("--map") { Description = "What the file calls the columns of the format: total=Amount,customer_id=Client", HelpName = "COLUMN=NAME,..." };
    private static readonly Option<string?> Code = new("--currency") { Description = "Currency (ISO 4217) of amounts that name none. [default: USD]", HelpName = "CODE" };

    public static Command Create()
    {
        var command = new Command(
            "backtest",
            "Judge models by a holdout that they have not seen. Judged are the customers with a paid order up to the calibration's end, by what they bought after it.")
        {
            File, Store, Format, Calibration, Holdout, Models, Value, Predictions, Report, Seed, Map, Code,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            Check(parsed);
            var view = parsed.GetValue(Store) ? await AskAsync(parsed, cancellation) : await Task.Run(() => Run(parsed, cancellation), cancellation);
            if (parsed.GetValue(Shared.Json))
            {
                Console.WriteLine(JsonSerializer.Serialize(view, BacktestView.Json));
            }
            else
            {
                BacktestTable.Print(view);
            }

            return 0;
        });
        return command;
    }

    private static BacktestView Run(ParseResult parsed, CancellationToken cancellation)
    {
        try
        {
            var result = Backtest.Run(
                Read(parsed, ImportRequest.Of(parsed.GetValue(Format), parsed.GetValue(Map), parsed.GetValue(Code))),
                parsed.GetValue(Calibration)!.Value,
                ForecastModels.Find(NamesOf(parsed)),
                parsed.GetValue(Value),
                parsed.GetValue(Seed),
                model => Console.Error.WriteLine($"{model} ..."),
                cancellation);
            Write(parsed.GetValue(Predictions), text => PredictionsFile.Write(text, result));
            Write(parsed.GetValue(Report), text => text.Write(BacktestPage.Of(result)));
            return BacktestView.Of(result);
        }
        catch (ImportRequestException e)
        {
            throw new UsageException($"--{e.Message}");
        }
        catch (BacktestException e)
        {
            throw new CommandException(e.Message);
        }
        catch (HistoryFormatException e)
        {
            throw new CommandException($"{parsed.GetValue(File)}: {e.Message}");
        }
    }

    private static StoreHistory Read(ParseResult parsed, ImportRequest request)
    {
        var path = parsed.GetValue(File)!;
        if (!System.IO.File.Exists(path))
        {
            throw new CommandException($"There is no file {path}.");
        }

        using var file = HistoryFile.Open(path);
        var store = new StoreSettings { Id = new StoreId("backtest"), Currency = request.Currency ?? Currency.Of("USD") };
        var context = new HistoryContext { Store = store, Source = "file", Columns = request.Columns, Now = TimeProvider.System.GetUtcNow() };
        var (read, refused) = (0L, 0L);
        var history = StoreHistory.Of(Events(), store, parsed.GetValue(Holdout)!.Value);
        Console.Error.WriteLine($"{path}: {read} lines read, {refused} refused; {history.Customers.Length} customers up to {history.End:yyyy-MM-dd}");
        return history;

        IEnumerable<(CustomerId Customer, CustomerEvent Event)> Events()
        {
            foreach (var row in request.For(file.Lines).Reader!.Read(file.Lines, context))
            {
                read += row.Lines.Count;
                refused += row.Refusal is null ? 0 : row.Lines.Count;
                if (row.Event is { } e)
                {
                    yield return (row.Customer, e);
                }
            }
        }
    }

    private static async Task<BacktestView> AskAsync(ParseResult parsed, CancellationToken cancellation)
    {
        (string Name, string? Value)[] query =
        [
            ("calibrationEnd", parsed.GetValue(Calibration)?.ToString("O", CultureInfo.InvariantCulture)),
            ("holdoutEnd", parsed.GetValue(Holdout)?.ToString("O", CultureInfo.InvariantCulture)),
            ("value", $"{parsed.GetValue(Value)}"),
            ("seed", parsed.GetValue(Seed).ToString(CultureInfo.InvariantCulture)),
        ];
        await using var service = await Service.ReachAsync(parsed, null, cancellation);
        var address = $"api/models/{string.Join(',', NamesOf(parsed))}/backtest?{string.Join('&', query.Where(q => q.Value is not null).Select(q => $"{q.Name}={q.Value}"))}";
        using var reply = await service.Http.GetAsync(address, cancellation);
        return JsonSerializer.Deserialize<BacktestView>(await Service.ReadAsync(reply, cancellation), BacktestView.Json)!;
    }

    private static void Check(ParseResult parsed)
    {
        var (calibration, holdout) = (parsed.GetValue(Calibration), parsed.GetValue(Holdout));
        if (parsed.GetValue(Store) ? parsed.GetValue(File) is not null : parsed.GetValue(File) is null)
        {
            throw new UsageException("Either a FILE or --store is needed.");
        }

        if (parsed.GetValue(Store) && (parsed.GetValue(Predictions) ?? parsed.GetValue(Report) ?? parsed.GetValue(Format) ?? parsed.GetValue(Map) ?? parsed.GetValue(Code)) is not null)
        {
            throw new UsageException("--format, --map, --currency, --predictions and --report are for a FILE.");
        }

        if (!parsed.GetValue(Store) && (calibration is null || holdout is null))
        {
            throw new UsageException($"--{(calibration is null ? "calibration" : "holdout")}-end is needed.");
        }

        if (calibration >= holdout)
        {
            throw new UsageException($"--calibration-end {calibration:yyyy-MM-dd} must be before --holdout-end {holdout:yyyy-MM-dd}.");
        }

        if (holdout?.DayNumber - calibration?.DayNumber > MostDays)
        {
            throw new UsageException($"--holdout-end {holdout:yyyy-MM-dd} is more than {MostDays} days after --calibration-end {calibration:yyyy-MM-dd}.");
        }

        if (NamesOf(parsed) is var names && names.FirstOrDefault(n => !ForecastModels.IsKnown(n)) is { } unknown)
        {
            throw new UsageException($"--models: there is no model '{unknown}'; all, {string.Join(", ", ForecastModels.Names)} are known.");
        }
    }

    private static string[] NamesOf(ParseResult parsed) =>
        parsed.GetValue(Models)!.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static DateOnly? Day(ArgumentResult result)
    {
        if (!DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            result.AddError($"'{result.Tokens[0].Value}' is not a date such as 2026-01-31.");
        }

        return day;
    }

    private static ValueKind Kind(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var found = Enum.GetValues<ValueKind>().Where(k => string.Equals($"{k}", text, StringComparison.OrdinalIgnoreCase)).ToList();
        if (found.Count == 0)
        {
            result.AddError($"--value: '{text}' is not gross, net or margin.");
        }

        return found.FirstOrDefault();
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
