using System.Diagnostics;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Training;
using ClvOrleans.Training.Histories;
using ClvOrleans.Training.Learning;
using MathNet.Numerics.Distributions;

namespace ClvOrleans.Benchmarks.Trainings;

/// <summary>What a training of a large store spends its time on: how much of it on the level and the intervals.</summary>
internal static class TrainingBenchmark
{
    private const int Days = 3 * 365;
    private static readonly DateOnly Start = new(2022, 1, 1);
    private static readonly StoreSettings Store = new() { Id = new StoreId("shop") };

    /// <summary>Prints the seconds of each stage.</summary>
    public static void Run(int customers)
    {
        var random = new Random(1);
        var events = Enumerable.Range(0, customers).SelectMany(i => Orders(i, random));
        var past = StoreHistory.Of(events, Store, Start.AddDays(Days - 1));
        Console.WriteLine(
            $"{past.Buyers.Length:N0} buyers, {past.Buyers.Sum(b => b.Summary.PurchaseDays.Length):N0} purchase days of three years");
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
