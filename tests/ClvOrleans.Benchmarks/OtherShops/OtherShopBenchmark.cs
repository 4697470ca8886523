using System.Globalization;
using ClvOrleans.Training;
using ClvOrleans.Training.Backtests;
using ClvOrleans.Training.Backtests.Origins;
using ClvOrleans.Training.Histories;

namespace ClvOrleans.Benchmarks.OtherShops;

/// <summary>The champion, the level and Pareto/NBD on shops that nothing was tuned on, as rolled origins and as one backtest.</summary>
internal static class OtherShopBenchmark
{
    private const int Seed = 1;

    /// <summary>Prints both tables of both shops.</summary>
    /// <param name="customers">How many they have.</param>
    /// <param name="only">The name of the one that is asked for; null for both.</param>
    public static void Run(int customers, string? only)
    {
        (string Name, Func<StoreHistory> Make)[] shops =
            [("regimes", () => OtherShop.Regimes(customers, Seed)), ("heavy-tails", () => OtherShop.HeavyTails(customers, Seed))];
        foreach (var (name, shop) in shops.Where(s => only is null || s.Name == only))
        {
            var history = shop();
            var days = history.Buyers.Sum(b => b.Summary.PurchaseDays.Length);
            Console.WriteLine($"{name}: {history.Buyers.Length:N0} buyers, {days:N0} purchase days");
            Roll(history);
            Score(history);
        }
    }

    private static void Roll(StoreHistory history)
    {
        var rules = new OriginRules { Origins = 4, StepMonths = 9, Horizons = [6] };
        var result = RollingOrigin.Run(history, null, ForecastModels.Rolled([ForecastModels.Champion, "level", "pareto-nbd"]), rules);
        Console.WriteLine("| model | level | bias | worst | cov80 | score | above / below | customers' score | PIT |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var row in result.Rows)
        {
            var customers = row.Customers is { } c ? $"{In(c.Above, "P1")} / {In(c.Below, "P1")} | {In(c.IntervalScore, "0.00")}" : "- | -";
            Console.WriteLine(
                $"| {row.Model} | {In(row.LevelError, "0.000")} | {In(row.LevelBias, "+0.000;-0.000")} | "
                + $"{In(row.WorstFactor, "0.00")} | {In(row.TotalCoverage, "0.00")} | {In(row.TotalIntervalScore, "0.00")} | "
                + $"{customers} | {In(row.TransformDistance, "0.000")} |");
        }
    }

    private static void Score(StoreHistory history)
    {
        var end = history.End.AddDays(-182);
        var models = ForecastModels.Find([ForecastModels.Champion, "pareto-nbd", "mbg-nbd"]);
        Console.WriteLine("| model | gini | rho | decMAPE | bias |");
        Console.WriteLine("| --- | --- | --- | --- | --- |");
        foreach (var row in Backtest.Run(history, end, models).Rows)
        {
            Console.WriteLine(row.Score is { } s
                ? $"| {row.Model} | {In(s.Gini, "0.000")} | {In(s.Spearman, "0.000")} | {In(s.DecileError, "0.000")} | "
                    + $"{In(s.Bias, "+0.000;-0.000")} |"
                : $"| {row.Model} | {row.Description} | | | |");
        }
    }

    private static string In(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";
}
