using System.Globalization;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Training;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;
using ClvOrleans.Training.Learning;
using ClvOrleans.Training.Validation;
using ClvOrleans.Valuation.Intervals;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Benchmarks.Shapes;

/// <summary>
/// The ensemble on splits of public data, without the challenge, which asks for three more of it: rank, level and intervals of its values,
/// with the level given and in use.
/// </summary>
internal static class SplitBenchmark
{
    private static readonly string[] Lifecycles = ["New", "Active", "Cooling", "AtRisk", "Lost"];

    private static readonly (string Data, string Cut, string End)[] Splits =
    [
        ("cdnow", "1997-09-30", "1998-06-30"), ("cdnow", "1997-12-31", "1998-06-30"), ("cdnow", "1997-06-30", "1997-12-31"),
        ("cdnow", "1998-03-31", "1998-06-30"), ("cdnow-sample", "1997-09-30", "1998-06-30"),
        ("online-retail", "2010-11-30", "2011-11-30"), ("online-retail", "2011-06-09", "2011-12-09"),
        ("online-retail", "2010-08-31", "2011-02-28"), ("online-retail", "2010-11-30", "2011-05-31"),
        ("online-retail", "2011-03-31", "2011-09-30"), ("online-retail", "2011-02-28", "2011-11-30"),
        ("donors", "2012-12-31", "2013-12-31"), ("donors", "2011-06-30", "2012-06-30"), ("donors", "2013-09-30", "2013-12-31"),
        ("donors", "2013-12-31", "2014-03-31"), ("donors", "2012-03-31", "2012-06-30"), ("donors", "2011-06-30", "2011-09-30"),
    ];

    /// <summary>Prints the tables.</summary>
    /// <param name="data">Folder of the public data.</param>
    /// <param name="only">What the names of the splits begin with that are asked for; null for all.</param>
    public static void Run(string data, string? only)
    {
        var kept = ("", default(StoreHistory));
        foreach (var (name, cut, end) in Splits.Where(s => $"{s.Data} {s.Cut}".StartsWith(only ?? "", StringComparison.Ordinal)))
        {
            kept = kept.Item1 == name ? kept : (name, PublicHistories.Read(data, name));
            var (split, shape, description) = Of(kept.Item2!, $"{name} {cut} to {end}", Day(cut), Day(end));
            Console.WriteLine($"{split.Name}: {description}");
            Console.WriteLine(SplitFigures.Values(split));
            if (shape is not null)
            {
                Console.WriteLine(SplitFigures.Intervals(split, shape));
                Console.WriteLine(SplitFigures.ByDecile(split, shape));
                Console.WriteLine(SplitFigures.ByLifecycle(split, shape, Lifecycles));
            }
        }
    }

    private static (Split Split, ValueShape? Shape, string Description) Of(StoreHistory history, string name, DateOnly cut, DateOnly end)
    {
        var window = PastWindow.Of(history, new Window(cut, end), ValueKind.Gross);
        var task = new ForecastTask(ValueKind.Gross, window.Horizon);
        var (value, description) = ForecastModels.Stacked.Learn(window.Before, task);
        var said = Stacking.ForecastsOf(value, window.Before, task.Horizon);
        var buyers = said.Select((s, i) => new SplitBuyer(
            window.Before.Buyers[i].Summary.PurchaseDays.Length - 1, s.Value, s.ProbabilityOfNoOrder,
            (double)window.Outcomes[i].Value.Minor, $"{LifecycleRule.Of(window.Before.Buyers[i].Summary, cut, s.ProbabilityAlive)}"));
        return (new Split(name, [.. buyers], value.Intervals!.ErrorOf(task.Horizon)), value.Intervals.Shape, description);
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
