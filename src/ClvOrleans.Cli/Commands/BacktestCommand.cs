using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Files;
using ClvOrleans.Server.Imports;
using ClvOrleans.Training;
using ClvOrleans.Training.Backtests;
using ClvOrleans.Training.Backtests.Origins;
using ClvOrleans.Training.Backtests.Reports;
using ClvOrleans.Training.Histories;
using ClvOrleans.Training.Movements;
using ClvOrleans.Training.Validation;
using ClvOrleans.Valuation;
using static ClvOrleans.Cli.Commands.BacktestOptions;

namespace ClvOrleans.Cli.Commands;

/// <summary><c>clv backtest</c>: judges models by a holdout that they have not seen.</summary>
internal static class BacktestCommand
{
    public static Command Create()
    {
        var command = new Command(
            "backtest",
            "Score models on a holdout period. Customers with a paid order up to the end of calibration are scored by what "
                + "they bought after it. gini, rho and top10 measure the ranking; decMAPE, MAE, RMSE and bias the level; "
                + "AUC, accuracy, precision, recall and Brier who buys again; see docs/backtests.md.")
        {
            BacktestOptions.File, Store, Calibration, Holdout, Models, Value, Market, BacktestOptions.Folds, Origins, Step, Horizons,
            Threshold, Movement, Predictions, Report, Seed, BacktestOptions.Currency, RecommendationOptions.Recommendations,
            RecommendationOptions.Next, RecommendationOptions.Products, DemandBacktestRun.Demand,
        }.WithFileOptions();
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(RecommendationOptions.Recommendations))
            {
                return Show(
                    parsed, RecommendationView.Of(await Task.Run(() => RecommendationBacktestRun.Run(parsed), cancellation)),
                    RecommendationTable.Print);
            }

            if (parsed.GetValue(DemandBacktestRun.Demand))
            {
                return Show(parsed, await Task.Run(() => DemandBacktestRun.Run(parsed), cancellation), DemandBacktestRun.Print);
            }

            RecommendationOptions.CheckAbsent(parsed);
            Check(parsed);
            if (parsed.GetValue(Origins) is not null)
            {
                return Show(parsed, await Task.Run(() => Roll(parsed, cancellation), cancellation), OriginsTable.Print);
            }

            return Show(
                parsed,
                parsed.GetValue(Store)
                    ? await AskAsync(parsed, cancellation)
                    : await Task.Run(() => Run(parsed, cancellation), cancellation),
                BacktestTable.Print);
        });
        return command;
    }

    private static int Show<TView>(ParseResult parsed, TView view, Action<TView> print)
    {
        if (parsed.GetValue(Shared.Json))
        {
            Console.WriteLine(JsonSerializer.Serialize(view, BacktestView.Json));
        }
        else
        {
            print(view);
        }

        return 0;
    }

    private static BacktestView Run(ParseResult parsed, CancellationToken cancellation) => OfFile(parsed, (history, market) =>
    {
        var result = Backtest.Run(
            history,
            parsed.GetValue(Calibration)!.Value,
            ForecastModels.Find(NamesOf(parsed), market),
            RulesOf(parsed),
            Tell,
            cancellation);
        Write(parsed.GetValue(Predictions), text => PredictionsFile.Write(text, result));
        Write(parsed.GetValue(Report), text => text.Write(BacktestPage.Of(result)));
        return BacktestView.Of(result) with { Movement = Follow(parsed.GetValue(Movement), history, result, cancellation) };
    });

    private static OriginsView Roll(ParseResult parsed, CancellationToken cancellation) => OfFile(parsed, (history, market) =>
    {
        var models = ForecastModels.Rolled(RolledOf(parsed), market);
        var result = RollingOrigin.Run(history, parsed.GetValue(Calibration), models, OriginRulesOf(parsed), Tell, cancellation);
        Write(parsed.GetValue(Report), text => text.Write(OriginsPage.Of(result)));
        return OriginsView.Of(result);
    });

    private static void Tell(string what) => Console.Error.WriteLine($"{what} ...");

    private static TView OfFile<TView>(ParseResult parsed, Func<StoreHistory, MarketCalendar, TView> run)
    {
        try
        {
            var market = parsed.GetValue(Market) is { } path ? MarketFile.Read(path) : MarketCalendar.Empty;
            var request = HistoryFileOptions.Read(parsed, parsed.GetValue(BacktestOptions.Currency));
            return run(Read(parsed, request, market), market);
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
            throw new CommandException($"{parsed.GetValue(BacktestOptions.File)}: {e.Message}");
        }
    }

    // The version that a training as of the calibration's end promotes, with the holdout as its horizon.
    private static MovementView? Follow(int? customers, StoreHistory history, BacktestResult result, CancellationToken cancellation)
    {
        if (customers is not { } most)
        {
            return null;
        }

        var past = result.Past.For(result.Task.Horizon);
        var trainer = new ChampionTrainer(1, DateTimeOffset.UnixEpoch, _ => { }, line => Console.Error.WriteLine(line), cancellation);
        return MovementTest.Run(history, result.Past.End, ValueModels.Open(trainer.Train(past)[0]), most, cancellation);
    }

    private static StoreHistory Read(ParseResult parsed, ImportRequest request, MarketCalendar market)
    {
        var path = parsed.GetValue(BacktestOptions.File)!;
        using var file = FileEvents.Open(path, request);
        var store = new StoreSettings { Id = new StoreId("backtest"), Currency = request.Currency ?? Domain.Currencies.Currency.Of("USD") };
        var read = new FileEvents(file, request, store);
        var asked = parsed.GetValue(Holdout);
        var events = asked is null ? read.Read().ToList() : read.Read();
        var end = asked ?? read.Last;
        var history = StoreHistory.Of(events, store, end, market);
        if (read.Last > DateOnly.MinValue && end > read.Last)
        {
            throw new CommandException(
                $"{Holdout.Name} {end:yyyy-MM-dd} is after the last event of {path}, {read.Last:yyyy-MM-dd}: nothing "
                    + "of the days between was seen.");
        }

        Console.Error.WriteLine(
            $"{path}: {read.Lines} lines read, {read.Refused} refused; {history.Customers.Length} customers up "
                + $"to {history.End:yyyy-MM-dd}");
        return history;
    }

    private static async Task<BacktestView> AskAsync(ParseResult parsed, CancellationToken cancellation)
    {
        (string Name, string? Value)[] all =
        [
            ("calibrationEnd", parsed.GetValue(Calibration)?.ToString("O", CultureInfo.InvariantCulture)),
            ("holdoutEnd", parsed.GetValue(Holdout)?.ToString("O", CultureInfo.InvariantCulture)),
            ("value", $"{parsed.GetValue(Value)}"),
            ("seed", parsed.GetValue(Seed).ToString(CultureInfo.InvariantCulture)),
            ("folds", parsed.GetValue(BacktestOptions.Folds)?.ToString(CultureInfo.InvariantCulture)),
            ("threshold", parsed.GetValue(Threshold).ToString(CultureInfo.InvariantCulture)),
        ];
        var query = string.Join('&', all.Where(q => q.Value is not null).Select(q => $"{q.Name}={q.Value}"));
        await using var service = await Service.ReachAsync(parsed, null, cancellation);
        var address = $"api/v1/models/{string.Join(',', NamesOf(parsed))}/backtest?{query}";
        var job = await JobWatch.RunAsync(service.Http, address, parsed.GetValue(Shared.Json), cancellation);
        return JobWatch.ResultOf(job).Deserialize<BacktestView>(BacktestView.Json)!;
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
