using System.CommandLine;
using System.Text.RegularExpressions;

namespace ClvOrleans.Cli.Commands;

/// <summary>The options of <c>clv backtest --recommendations</c>.</summary>
internal static class RecommendationOptions
{
    public static Option<bool> Recommendations { get; } = new("--recommendations")
    {
        Description = "Judge recommendations instead of values: the last basket of each customer is what was bought next. Takes no days.",
    };

    public static Option<string?> Next { get; } = new("--next")
    {
        Description = "With --recommendations: the next basket of each customer, of a published split; FILE then holds the history. Both "
            + "are JSON objects from customer to baskets of product numbers.",
        HelpName = "FILE",
    };

    public static Option<string?> Products { get; } = new("--products")
    {
        Description = "With --recommendations or --demand: regular expression that ids of products match; others, such as postage, "
            + "are left out. [default: all are products]",
        HelpName = "REGEX",
    };

    /// <summary>Which ids are products. <exception cref="UsageException">The expression is none.</exception></summary>
    public static Func<string, bool> IsProduct(ParseResult parsed)
    {
        if (parsed.GetValue(Products) is not { } pattern)
        {
            return _ => true;
        }

        try
        {
            var ids = new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
            return ids.IsMatch;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new UsageException($"{Products.Name}: {e.Message}");
        }
    }

    /// <summary>Refuses what the options alone show to be wrong. <exception cref="UsageException">Something is.</exception></summary>
    public static void Check(ParseResult parsed) => Check(parsed, Recommendations);

    /// <summary>
    /// Refuses what does not go with an option that needs a file of orders. <exception cref="UsageException">Something is.</exception>
    /// </summary>
    public static void Check(ParseResult parsed, Option kind)
    {
        if (parsed.GetValue(BacktestOptions.File) is null || parsed.GetValue(BacktestOptions.Store))
        {
            throw new UsageException($"{kind.Name} needs a FILE, without --store.");
        }

        Option[] ofValues =
        [
            BacktestOptions.Calibration, BacktestOptions.Holdout, BacktestOptions.Folds, BacktestOptions.Origins, BacktestOptions.Movement,
            BacktestOptions.Predictions, BacktestOptions.Report, BacktestOptions.Market,
        ];
        if (ofValues.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false }) is { } option)
        {
            throw new UsageException($"{option.Name} is not for {kind.Name}.");
        }

        if (parsed.GetValue(Next) is not null && parsed.GetValue(Products) is not null)
        {
            throw new UsageException($"{Products.Name} is not for {Next.Name}.");
        }
    }

    /// <summary>Refuses the options without <c>--recommendations</c>. <exception cref="UsageException">One is given.</exception></summary>
    public static void CheckAbsent(ParseResult parsed)
    {
        if (parsed.GetValue(Next) is not null || parsed.GetValue(Products) is not null)
        {
            throw new UsageException($"{(parsed.GetValue(Next) is null ? Products : Next).Name} needs {Recommendations.Name}.");
        }
    }
}
