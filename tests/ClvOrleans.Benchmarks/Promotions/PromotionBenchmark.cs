using System.Globalization;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Training.Validation;
using MathNet.Numerics.Distributions;

namespace ClvOrleans.Benchmarks.Promotions;

/// <summary>
/// How often an ensemble that is truly better is refused, and one that is truly worse is promoted, by how many standard errors are asked
/// for. Customers have an expected value of their own; both models see it through noise, the same in all windows, and the ensemble may
/// besides be off in level. All windows of a store share the customers, each has a season of its own that neither model knows.
/// </summary>
internal static class PromotionBenchmark
{
    private const double Season = .15;
    private const int Windows = 2;
    private static readonly int[] Sizes = [300, 1_000, 5_000];
    private static readonly double[] Noises = [.4, .5, .6, .7, .8];
    private static readonly double[] Shifts = [0, .1, .2, .3, .5];

    /// <summary>Prints both tables.</summary>
    /// <param name="stores">Random stores a cell.</param>
    public static void Run(int stores)
    {
        Console.WriteLine("| customers | true gain in Gini and rho | promoted by 0 errors | 1 (in use) | 2 |");
        Console.WriteLine("| --- | --- | --- | --- | --- |");
        foreach (var size in Sizes)
        {
            foreach (var noise in Noises)
            {
                var all = Compare(stores, size, .6, noise, 0);
                Print(size, all.Average(c => c.Gain), k => all.Count(c => c.Gain > k * c.Error) / (double)stores, [0, 1, 2]);
            }
        }

        Console.WriteLine();
        Console.WriteLine("| customers | level further off by | passed by 1 error | 2 (in use) | 3 |");
        Console.WriteLine("| --- | --- | --- | --- | --- |");
        foreach (var size in Sizes)
        {
            foreach (var shift in Shifts)
            {
                var all = Compare(stores, size, .6, .4, shift);
                Print(size, shift, k => all.Count(c => c.LevelLoss <= k * c.LevelError) / (double)stores, [1, 2, 3]);
            }
        }
    }

    private static PairedComparison[] Compare(int stores, int size, double simpler, double challenger, double shift) =>
        [.. Enumerable.Range(0, stores).AsParallel().AsOrdered().Select(seed => One(new Random(seed), size, simpler, challenger, shift))];

    // Two thirds buy nothing, the rest once or more, for a gamma spend: much like a year of CDNOW.
    private static PairedComparison One(Random random, int size, double simpler, double challenger, double shift)
    {
        CustomerId[] ids = [.. Enumerable.Range(0, size).Select(i => CustomerId.OfUser(new StoreId("shop"), $"c{i}"))];
        double[] orders = [.. ids.Select(_ => Gamma.Sample(random, .4, .5))];
        double[] spend = [.. ids.Select(_ => Gamma.Sample(random, 3, 3 / 40.0))];
        var a = Seen(challenger, Math.Exp(shift));
        var b = Seen(simpler, 1);
        var comparison = new PairedComparison();
        for (var window = 0; window < Windows; window++)
        {
            var season = Math.Exp(Season * Normal.Sample(random, 0, 1));
            comparison.Add(ids, a, b, [.. orders.Select((o, i) => Enumerable.Range(0, Poisson.Sample(random, Math.Max(1e-9, o * season)))
                .Sum(_ => spend[i] * (.5 + random.NextDouble())))]);
        }

        return comparison;

        double[] Seen(double noise, double level) =>
            [.. orders.Select((o, i) => level * o * spend[i] * Math.Exp((noise * Normal.Sample(random, 0, 1)) - (noise * noise / 2)))];
    }

    private static void Print(int size, double first, Func<double, double> share, double[] errors) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {size:N0} | {first:+0.000;-0.000;0} | {string.Join(" | ", errors.Select(k => $"{100 * share(k):0} %"))} |"));
}
