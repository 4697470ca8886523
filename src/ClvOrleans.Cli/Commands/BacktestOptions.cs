using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Files;
using ClvOrleans.Training;
using ClvOrleans.Training.Backtests;
using ClvOrleans.Training.Backtests.Origins;

namespace ClvOrleans.Cli.Commands;

/// <summary>The options of <c>clv backtest</c>.</summary>
internal static class BacktestOptions
{
    private const int MostDays = 3_650;

    public static Argument<string> File { get; } = new("FILE")
    {
        Description = "File of orders or events, plain or gzip. Not with --store.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Option<bool> Store { get; } = new("--store")
    {
        Description = "Score models on the store of --data or --urls instead of a FILE; the days are then optional.",
    };

    public static Option<DateOnly?> Calibration { get; } = Shared.Day("--calibration-end", "Last day that models may see: 1997-09-30.");

    public static Option<DateOnly?> Holdout { get; } = Shared.Day("--holdout-end", "Last day of the holdout.");

    public static Option<string> Models { get; } = new("--models")
    {
        Description = $"all, or some of {string.Join(",", ForecastModels.Names)}.",
        HelpName = "NAME,...",
        DefaultValueFactory = _ => "all",
    };

    public static Option<ValueKind> Value { get; } = new("--value")
    {
        Description = "Value to forecast: revenue before refunds, revenue after refunds, or margin. [default: gross]",
        HelpName = "gross|net|margin",
        CustomParser = Kind,
    };

    public static Option<string?> Market { get; } = new("--market")
    {
        Description = "Market calendar as /api/v1/market takes it, or the file of simulate --truth. A store has its own.",
        HelpName = "FILE",
    };

    public static Option<int?> Movement { get; } = new("--movement")
    {
        Description = "Also follow a champion through the holdout day by day, for so many customers: does it move for nothing? "
            + "Not with --store. [default: not]",
        HelpName = "CUSTOMERS",
    };

    public static Option<string?> Predictions { get; } = new("--predictions")
    {
        Description = "CSV file to write the forecast of every customer by every model to.",
        HelpName = "OUT",
    };

    public static Option<string?> Report { get; } = new("--report")
    {
        Description = "HTML page to write the table and pictures to.",
        HelpName = "OUT",
    };

    public static Option<int> Seed { get; } = new("--seed")
    {
        Description = "Seed of the random numbers.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    public static Option<int?> Folds { get; } = new("--folds")
    {
        Description = $"Cross-validate over customers: {BacktestRules.LeastFolds} to {BacktestRules.MostFolds} folds, each forecast by a "
            + "fit to the others. [default: none]",
        HelpName = "K",
    };

    public static Option<int?> Origins { get; } = new("--origins")
    {
        Description =
            $"Roll the origin over a FILE: 1 to {OriginRules.MostOrigins} origins, the last on --calibration-end or as late as the "
                + "horizons allow. The level, the coverage of totals and of customers are judged over all. [default: none]",
        HelpName = "N",
    };

    public static Option<int?> Step { get; } = new("--step")
    {
        Description = $"Months from one origin to the next, 1 to {OriginRules.MostMonths}. [default: {new OriginRules().StepMonths}]",
        HelpName = "MONTHS",
    };

    public static Option<string?> Horizons { get; } = new("--horizons")
    {
        Description = $"How far each origin forecasts, 1 to {OriginRules.MostMonths} months. [default: "
            + $"{string.Join(",", new OriginRules().Horizons)}]",
        HelpName = "MONTHS,...",
    };

    public static Option<double> Threshold { get; } = new("--threshold")
    {
        Description = "Probability from which a customer is predicted to buy again, for accuracy, precision and recall; between 0 and 1.",
        HelpName = "P",
        DefaultValueFactory = _ => new BacktestRules().Threshold,
    };

    public static Option<string?> Currency { get; } = new("--currency")
    {
        Description = "Currency (ISO 4217) of amounts without one. [default: USD]",
        HelpName = "CODE",
    };

    /// <summary>Names of the models that are asked for.</summary>
    public static string[] NamesOf(ParseResult parsed) =>
        parsed.GetValue(Models)!.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>How origins are rolled.</summary>
    public static OriginRules OriginRulesOf(ParseResult parsed) => new()
    {
        Origins = parsed.GetValue(Origins)!.Value,
        StepMonths = parsed.GetValue(Step) ?? new OriginRules().StepMonths,
        Horizons = HorizonsOf(parsed),
        Value = parsed.GetValue(Value),
        Seed = parsed.GetValue(Seed),
    };

    /// <summary>
    /// Models that are rolled: where none are named the champion, the store's level, and a model that knows no season.
    /// </summary>
    public static string[] RolledOf(ParseResult parsed) =>
        parsed.GetResult(Models)?.Implicit == false ? NamesOf(parsed) : [ForecastModels.Champion, "level", "pareto-nbd"];

    /// <summary>How it is to be judged.</summary>
    public static BacktestRules RulesOf(ParseResult parsed) => new()
    {
        Value = parsed.GetValue(Value),
        Seed = parsed.GetValue(Seed),
        Folds = parsed.GetValue(Folds),
        Threshold = parsed.GetValue(Threshold),
    };

    /// <summary>Refuses what the options alone show to be wrong. <exception cref="UsageException">Something is.</exception></summary>
    public static void Check(ParseResult parsed)
    {
        var isStore = parsed.GetValue(Store);
        if (isStore == parsed.GetValue(File) is not null)
        {
            throw new UsageException("Either a FILE or --store is needed.");
        }

        Option<string?>[] ofFiles = [.. HistoryFileOptions.All, Currency, Market, Predictions, Report];
        if (isStore && ofFiles.FirstOrDefault(o => parsed.GetValue(o) is not null) is { } option)
        {
            throw new UsageException($"{option.Name} is for a FILE.");
        }

        if (parsed.GetValue(Movement) is { } followed && (followed < 1 || isStore))
        {
            throw new UsageException(isStore
                ? "--movement needs a FILE, in which every day can be asked for."
                : $"--movement: {followed} is not at least 1.");
        }

        if (parsed.GetValue(Folds) is < BacktestRules.LeastFolds or > BacktestRules.MostFolds)
        {
            throw new UsageException($"--folds: {parsed.GetValue(Folds)} is not {BacktestRules.LeastFolds} to {BacktestRules.MostFolds}.");
        }

        if (parsed.GetValue(Threshold) is not (> 0 and < 1) and var threshold)
        {
            throw new UsageException(FormattableString.Invariant($"--threshold: {threshold} is not between 0 and 1."));
        }

        CheckOrigins(parsed, isStore);
        OutputFile.Check(Predictions, parsed.GetValue(Predictions));
        OutputFile.Check(Report, parsed.GetValue(Report));
        CheckDays(parsed.GetValue(Calibration), parsed.GetValue(Holdout), isStore || parsed.GetValue(Origins) is not null);
        if (NamesOf(parsed).FirstOrDefault(n => !ForecastModels.IsKnown(n)) is { } unknown)
        {
            throw new UsageException($"--models: there is no model '{unknown}'; all, {string.Join(", ", ForecastModels.Names)} are known.");
        }
    }

    private static void CheckOrigins(ParseResult parsed, bool isStore)
    {
        if (parsed.GetValue(Origins) is not { } origins)
        {
            if (parsed.GetValue(Step) is not null || parsed.GetValue(Horizons) is not null)
            {
                throw new UsageException($"{(parsed.GetValue(Step) is not null ? Step.Name : Horizons.Name)} needs {Origins.Name}.");
            }

            return;
        }

        if (isStore || parsed.GetValue(Folds) is not null || parsed.GetValue(Predictions) is not null)
        {
            throw new UsageException($"{Origins.Name} is for a FILE, without {Folds.Name} and {Predictions.Name}.");
        }

        CheckRange(Origins.Name, origins, OriginRules.MostOrigins);
        CheckRange(Step.Name, parsed.GetValue(Step) ?? 1, OriginRules.MostMonths);
        HorizonsOf(parsed);
    }

    private static void CheckRange(string option, int value, int most)
    {
        if (value < 1 || value > most)
        {
            throw new UsageException($"{option}: {value} is not 1 to {most}.");
        }
    }

    private static ImmutableArray<int> HorizonsOf(ParseResult parsed)
    {
        if (parsed.GetValue(Horizons) is not { } text)
        {
            return new OriginRules().Horizons;
        }

        var months = text.Split(',', StringSplitOptions.TrimEntries).Select(m =>
        {
            if (!int.TryParse(m, CultureInfo.InvariantCulture, out var value))
            {
                throw new UsageException($"{Horizons.Name}: '{m}' is not a number of months; 3,12 are two.");
            }

            CheckRange(Horizons.Name, value, OriginRules.MostMonths);
            return value;
        });
        return [.. months.Distinct().Order()];
    }

    private static void CheckDays(DateOnly? calibration, DateOnly? holdout, bool areOptional)
    {
        if (!areOptional && (calibration is null || holdout is null))
        {
            throw new UsageException($"--{(calibration is null ? "calibration" : "holdout")}-end is needed.");
        }

        var days = holdout?.DayNumber - calibration?.DayNumber;
        if (days <= 0)
        {
            throw new UsageException($"--calibration-end {calibration:yyyy-MM-dd} must be before --holdout-end {holdout:yyyy-MM-dd}.");
        }

        if (days > MostDays)
        {
            throw new UsageException($"--holdout-end is more than {MostDays} days after --calibration-end {calibration:yyyy-MM-dd}.");
        }
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
}
