using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ClvOrleans.Intake.Files;
using ClvOrleans.Server.Imports;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Training.Fits;
using Spectre.Console;

namespace ClvOrleans.Cli.Commands;

/// <summary><c>clv fit</c>: fits one model to a file, and shows its parameters and what follows from them.</summary>
internal static class FitCommand
{
    private static readonly Argument<string> Source = new("FILE") { Description = "The data, plain or gzip; see docs/fit.md." };

    private static readonly Option<string> Model = new("--model")
    {
        Description = string.Join(", ", FittedFamilies.Names),
        HelpName = "NAME",
        Required = true,
    };

    private static readonly Option<DateOnly?> Until =
        Shared.Day("--until", "Last day to see, of a file of events. [default: the day of the last event]");

    private static readonly Option<int?> Horizon = new("--horizon")
    {
        Description = "Periods to look ahead: weeks, opportunities or renewals. [default: a year of weeks, else 5]",
        HelpName = "N",
    };

    private static readonly Option<double> Discount = new("--discount")
    {
        Description = "Effective annual discount rate.",
        HelpName = "RATE",
        DefaultValueFactory = _ => .10,
    };

    private static readonly Option<double?> PeriodsPerYear = new("--periods-per-year")
    {
        Description = "Weeks, opportunities or renewals per year. [default: 52 weeks, else 1]",
        HelpName = "N",
    };

    private static readonly Option<double> Amount = new("--amount")
    {
        Description = "Value of a purchase or a renewal.",
        HelpName = "VALUE",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<double> Prior = new("--prior")
    {
        Description = "Strength of the prior; 0 gives the maximum likelihood estimates that papers print.",
        HelpName = "KAPPA",
        DefaultValueFactory = _ => FitOptions.Default.PriorStrength,
    };

    private static readonly Option<string?> Covariates = new("--covariates")
    {
        Description = "CSV file of covariates that change over time, for pareto-nbd and a file of events: a column from (day), and one for "
            + "each covariate.",
        HelpName = "FILE",
    };

    private static readonly Option<double?> Intervals = new("--intervals")
    {
        Description = "Also print confidence intervals of the parameters at this level, such as .95, by delta method, profile likelihood "
            + "and bootstrap.",
        HelpName = "LEVEL",
    };

    private static readonly Option<int> Resamples = new("--resamples")
    {
        Description = "How often the bootstrap resamples the customers.",
        HelpName = "N",
        DefaultValueFactory = _ => new IntervalOptions().Resamples,
    };

    private static readonly Option<int> Seed = new("--seed")
    {
        Description = "Seed of the bootstrap.",
        HelpName = "N",
        DefaultValueFactory = _ => new IntervalOptions().Seed,
    };

    private static readonly Option<string?> Report = new("--report")
    {
        Description = "HTML page to write the figures and pictures to.",
        HelpName = "OUT",
    };

    public static Command Create()
    {
        var command = new Command(
            "fit", "Fit one model to a file: parameters with standard errors, expectations, survival and expected residual value.")
        {
            Source, Model, Until, Horizon, Discount, PeriodsPerYear, Amount, Prior, Covariates, Intervals, Resamples, Seed, Report,
        }.WithFileOptions();
        command.SetAction(async (parsed, cancellation) =>
        {
            OutputFile.Check(Report, parsed.GetValue(Report));
            var request = RequestOf(parsed);
            var fit = await Task.Run(() => Fit(parsed, request), cancellation);
            if (parsed.GetValue(Report) is { } page)
            {
                await System.IO.File.WriteAllTextAsync(page, FitPage.Of(fit), new UTF8Encoding(false), cancellation);
            }

            if (parsed.GetValue(Shared.Json))
            {
                Console.WriteLine(JsonSerializer.Serialize(fit, FitView.Json));
            }
            else
            {
                Print(fit);
            }

            return 0;
        });
        return command;
    }

    private static FitRequest RequestOf(ParseResult parsed)
    {
        var model = parsed.GetValue(Model)!;
        if (!FittedFamilies.Names.Contains(model))
        {
            throw new UsageException($"--model: there is no model '{model}'; {string.Join(", ", FittedFamilies.Names)} are known.");
        }

        var (discount, perYear) = (parsed.GetValue(Discount), parsed.GetValue(PeriodsPerYear) ?? FittedFamilies.PeriodsPerYear(model));
        var request = new FitRequest
        {
            Model = model,
            Horizon = parsed.GetValue(Horizon) ?? (FittedFamilies.IsOfPurchases(model) ? 52 : 5),
            Rate = Math.Pow(1 + discount, 1 / perYear) - 1,
            Amount = parsed.GetValue(Amount),
            Options = FitOptions.Default with
            {
                PriorStrength = parsed.GetValue(Prior),
                Intervals = parsed.GetValue(Intervals) is { } level
                    ? new IntervalOptions { Level = level, Resamples = parsed.GetValue(Resamples), Seed = parsed.GetValue(Seed) }
                    : null,
            },
        };
        return request.Horizon is < 1 or > 10_000 ? throw new UsageException("--horizon must be 1 to 10,000.")
            : discount is not (> 0 and <= 10) ? throw new UsageException("--discount must be above 0, and 10 at most.")
            : perYear is not (> 0 and <= 1_000) ? throw new UsageException("--periods-per-year must be above 0, and 1,000 at most.")
            : !double.IsFinite(request.Amount) ? throw new UsageException("--amount must be a number.")
            : request.Options.PriorStrength is not (>= 0 and <= 1e6) ? throw new UsageException("--prior must be 0 to 1,000,000.")
            : request.Options.Intervals is { Level: not (> 0 and < 1) }
                ? throw new UsageException("--intervals must be above 0 and below 1, such as .95.")
            : request.Options.Intervals is { Resamples: < 20 or > 10_000 } ? throw new UsageException("--resamples must be 20 to 10,000.")
            : request;
    }

    private static FitView Fit(ParseResult parsed, FitRequest request)
    {
        var path = parsed.GetValue(Source)!;
        if (!System.IO.File.Exists(path))
        {
            throw new CommandException($"There is no file {path}.");
        }

        try
        {
            var said = HistoryFileOptions.Read(parsed, null);
            using var file = HistoryFile.Open(path, said.Encoding);
            return parsed.GetValue(Covariates) is { } covariates ? WithCovariates(parsed, request, said, file.Lines, covariates)
                : FittedFamilies.IsOfContracts(request.Model) ? ContractFits.Of(request, FitFile.Contracts(file.Lines))
                : !FittedFamilies.IsOfPurchases(request.Model) ? OpportunityFits.Of(request, FitFile.Opportunities(file.Lines))
                : PurchaseFits.Of(request, FitFile.Purchases(file.Lines, said, parsed.GetValue(Until)));
        }
        catch (HistoryFormatException e)
        {
            throw new CommandException($"{path}: {e.Message}");
        }
        catch (FitException e)
        {
            throw new CommandException($"{path}: {request.Model} cannot be fitted: {e.Message}.");
        }
        catch (ImportRequestException e)
        {
            throw new UsageException($"--{e.Message}");
        }
    }

    private static FitView WithCovariates(ParseResult parsed, FitRequest request, ImportRequest said, TextLines lines, string path)
    {
        if (request.Model != "pareto-nbd" || request.Options.Intervals is not null)
        {
            throw new UsageException(
                "--covariates: only pareto-nbd takes covariates that change over time, and has no --intervals with them.");
        }

        if (!System.IO.File.Exists(path))
        {
            throw new CommandException($"There is no file {path}.");
        }

        using var file = HistoryFile.Open(path, said.Encoding);
        var calendar = FitFile.Covariates(file.Lines);
        var (customers, end) = FitFile.PurchaseDays(lines, said, parsed.GetValue(Until));
        return DynamicFits.Of(request, customers, end, calendar);
    }

    private static void Print(FitView fit)
    {
        var text = Terminal.Output;
        text.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{fit.Model}: {fit.Data}; ln L {fit.LogLikelihood:0.000}, AIC {fit.Aic:0.000}, BIC {fit.Bic:0.000}"));
        text.Write(Table(
            ["parameter", "estimate", "standard error"],
            fit.Parameters.Select(p => (string[])[p.Name, Number(p.Value), p.StandardError == 0 ? "chosen" : Number(p.StandardError)])));
        PrintIntervals(fit, text);
        int[] periods = [
            .. ((int[])[1, 2, 3, 4, 5, 6, 8, 10, 13, 26, 39, 52, 104, fit.Horizon]).Where(p => p <= fit.Horizon).Distinct().Order()
        ];
        text.WriteLine($"Expected of a new customer. Probability: {fit.SurvivalOf}");
        text.Write(Table(
            [fit.Unit, "expected", "probability"],
            periods.Select(p => (string[])[$"{p}", Number(fit.Expected[p].Value), Number(fit.Survival[p].Value)])));
        text.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"By history so far: expected within {fit.Horizon} × {fit.Unit}, and discounted for ever at {fit.Rate:0.####%} a {fit.Unit}"));
        text.Write(Table(
            ["so far", "customers", fit.ProbabilityOf, "expected", "discounted", "residual value"],
            fit.Residual.Add(fit.Total).Select(g => (string[])
                [g.Name, Number(g.Customers), Number(g.Probability), Number(g.Expected), Number(g.Discounted), Number(g.Value)])));
    }

    private static void PrintIntervals(FitView fit, IAnsiConsole text)
    {
        if (fit.IntervalLevel is not { } level)
        {
            return;
        }

        text.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{level:0.##%} intervals; {fit.FailedResamples} resamples had no optimum and are left out"));
        text.Write(Table(
            ["parameter", "delta method", "profile likelihood", "bootstrap"],
            fit.Parameters.Where(p => p.Intervals is not null).Select(p => (string[])
                [p.Name, Text(p.Intervals!.Delta), Text(p.Intervals.Profile), Text(p.Intervals.Bootstrap)])));

        static string Text(FitView.Range range) =>
            $"{(range.Lower is { } lower ? Number(lower) : "none")} to {(range.Upper is { } upper ? Number(upper) : "none")}";
    }

    private static Table Table(string[] head, IEnumerable<string[]> rows)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var (title, i) in head.Select((h, i) => (h, i)))
        {
            table.AddColumn(i == 0 ? new TableColumn(Markup.Escape(title)) : new TableColumn(Markup.Escape(title)).RightAligned());
        }

        foreach (var row in rows)
        {
            table.AddRow([.. row.Select(Markup.Escape)]);
        }

        return table;
    }

    private static string Number(double value) => value.ToString("#,0.####", CultureInfo.InvariantCulture);
}
