using System.Diagnostics;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Training;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;
using ClvOrleans.Training.Intervals;
using ClvOrleans.Training.Learning;
using ClvOrleans.Training.Levels;
using ClvOrleans.Valuation.Ensemble;
using MathNet.Numerics.Distributions;

namespace ClvOrleans.Benchmarks.Trainings;

/// <summary>What a training of a large store spends its time on: how much of it on the level and the intervals.</summary>
internal static class TrainingBenchmark
{
    private const int Days = 3 * 365;
    private static readonly DateOnly Start = new(2022, 1, 1);
    private static readonly StoreSettings Store = new() { Id = new StoreId("shop") };

    /// <summary>
    /// Prints the seconds of what the level and the intervals take, and of the clock and the features of windows alone, which are a part
    /// of the rest: for stores of which a whole training takes hours.
    /// </summary>
    public static void RunLevel(int customers)
    {
        var (past, task) = (Shop(customers), new ForecastTask(ValueKind.Net, new Horizon(365)));
        var (clock, set) = (default(SeasonalClock), default(TrainingSet));
        var level = Seconds("level", () => LevelFit.Of(past, task.Value));
        var rest = Seconds("seasonal clock", () => clock = SeasonFit.Of(past))
            + Seconds("features of the windows", () => set = TrainingSet.Of(past, task, clock!));
        var random = new Random(1);
        var said = Enumerable.Range(0, set!.Rows.Count).Select(_ => random.NextDouble()).ToArray();
        level += Seconds("shares of cohorts", () => CohortShares.Of(set, said));
        level += Seconds($"shape, of {set.Rows.Count:N0} rows", () => ShapeFit.Of(
            said.Select((s, i) => new ShapeRow(set.WindowOf[i], i % 7, 100 + s, .3 + (.6 * s), set.Rows.Values[i])), 365));
        Console.WriteLine($"{level:0.0} s beside {rest:0.0} s: {level / rest:0.0%}");

        static double Seconds(string what, Action run)
        {
            var start = Stopwatch.GetTimestamp();
            run();
            var took = Stopwatch.GetElapsedTime(start).TotalSeconds;
            Console.WriteLine($"{took,8:0.0} s  {what}");
            return took;
        }
    }

    /// <summary>Prints the seconds of each stage.</summary>
    public static void Run(int customers)
    {
        var past = Shop(customers);
        var (stage, clock, spent) = ("Beginning", Stopwatch.StartNew(), new List<(string Stage, TimeSpan Time)>());
        var versions = new ChampionTrainer(1, DateTimeOffset.UnixEpoch, Enter, _ => { }).Train(past);
        Enter("");
        foreach (var (name, time) in spent)
        {
            Console.WriteLine($"{time.TotalSeconds,8:0.0} s  {name}");
        }

        var level = spent.Where(s => s.Stage == Stacking.LevelStage).Sum(s => s.Time.TotalSeconds);
        var compared = spent.Where(s => s.Stage.StartsWith("Comparing", StringComparison.Ordinal)).Sum(s => s.Time.TotalSeconds);
        var rest = spent.Sum(s => s.Time.TotalSeconds) - level - compared;
        Console.WriteLine(
            $"level and intervals {level:0.0} s, the rest but for comparing {rest:0.0} s: {level / rest:0.0%} more; {versions[0].Id}");

        void Enter(string next)
        {
            spent.Add((stage, clock.Elapsed));
            (stage, clock) = (next, Stopwatch.StartNew());
        }
    }

    private static StoreHistory Shop(int customers)
    {
        var random = new Random(1);
        var past = StoreHistory.Of(
            Enumerable.Range(0, customers).SelectMany(i => Orders(i, random)), Store, Start.AddDays(Days - 1));
        Console.WriteLine(
            $"{past.Buyers.Length:N0} buyers, {past.Buyers.Sum(b => b.Summary.PurchaseDays.Length):N0} purchase days of three years");
        return past;
    }

    // Pareto/NBD like CDNOW's with a gamma spend, new customers in all three years.
    private static IEnumerable<(CustomerId, CustomerEvent)> Orders(int number, Random random)
    {
        var id = CustomerId.OfUser(Store.Id, $"c{number}");
        var (rate, leaves) = (Gamma.Sample(random, .55, 10.58 * 7), Math.Max(1e-9, Gamma.Sample(random, .61, 11.67 * 7)));
        var first = random.Next(Days);
        var (end, spend) = (Math.Min(Days, first + Exponential.Sample(random, leaves)), Gamma.Sample(random, 3, 1 / 1_200.0));
        for (var day = (double)first; day < end; day += Exponential.Sample(random, Math.Max(1e-9, rate)))
        {
            var at = new DateTimeOffset(Start.AddDays((int)day).ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero);
            var order = $"{number}-{(int)day}";
            yield return (id, new CustomerEvent
            {
                MessageId = order,
                Source = "web",
                Kind = EventKind.OrderCompleted,
                At = at,
                Order = new OrderFacts(order, new Money(100 + (long)(spend * (.5 + random.NextDouble())))),
            });
        }
    }
}
