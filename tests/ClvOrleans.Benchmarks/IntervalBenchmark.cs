using System.Diagnostics;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Intervals;
using ClvOrleans.Valuation.Levels;

namespace ClvOrleans.Benchmarks;

/// <summary>One quantile of a customer's value, and one of a total, by level times shape.</summary>
internal static class IntervalBenchmark
{
    private const int Asked = 20_000;
    private static readonly double[] Probabilities = [.025, .1, .25, .75, .9, .975];

    /// <summary>Prints a line for each.</summary>
    public static void Run()
    {
        var ratios = Enumerable.Range(0, ShapeGroup.Knots).Select(k => (k - (ShapeGroup.Knots / 2)) * .1);
        var shape = new ValueShape([new ShapeGroup(0, 0, 1, [.. ratios], 1.9, 1_000)], 4, 365);
        var intervals = new ValueIntervals(new IntervalCalibration(shape, [new HorizonError(365, new LevelError(6, .15))]));
        Horizon[] horizons = [new(30), new(91), new(365), new(730)];
        Print("a quantile of a customer's value", i =>
            intervals.Of(1_000 + i, i % 7, .05 + (.9 * (i % 11) / 11), horizons[i % 4]).Quantile(Probabilities[i % 6]));
        Print("a quantile of a total", i => intervals.OfTotal(1e6 + i, 1e9, 1 + (i % 50), horizons[i % 4]).Quantile(Probabilities[i % 6]));
    }

    private static void Print(string what, Func<int, double> ask)
    {
        var sum = Enumerable.Range(0, Asked).Sum(ask);
        var (before, start) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
        for (var i = 0; i < Asked; i++)
        {
            sum += ask(i);
        }

        var (took, bytes) = (Stopwatch.GetElapsedTime(start), GC.GetAllocatedBytesForCurrentThread() - before);
        Console.WriteLine(FormattableString.Invariant(
            $"{what}: {took.TotalMicroseconds / Asked:F2} us, {bytes} bytes allocated for {Asked:N0} ({sum:E1})"));
    }
}
