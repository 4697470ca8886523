using System.Diagnostics;
using ClvOrleans.Statistics.Lifetime;
using ClvOrleans.Statistics.Spend;
using ClvOrleans.Valuation.Estimates;

namespace ClvOrleans.Benchmarks;

/// <summary>Complete estimates with an 80 % interval: all customers on all processors, and one at a time.</summary>
internal static class ForecastBenchmark
{
    private const double Rate = .1 * 7 / 365;
    private static readonly double[] Probabilities = [.1, .9];
    private static readonly GammaGamma Spend = new(6.25, 3.74, 15.44);

    /// <summary>Prints a line for each family, with and without uncertain parameters.</summary>
    public static void Run(int customers)
    {
        var geometric = Shop.BetaGeometric(customers, 1);
        foreach (var family in new[] { "bg-nbd", "mbg-nbd", "mbg-cnbd-k" })
        {
            Run(family, geometric);
        }

        Run("pareto-nbd", Shop.Pareto(customers, 2));
    }

    private static void Run(string family, PurchaseHistory[] histories)
    {
        foreach (var fitted in new[] { histories.Length, Math.Min(histories.Length, 2_000) })
        {
            var fit = LifetimeModels.Fit(family, histories[..fitted]);
            var forecaster = new ValueForecaster(fit.Model, Spend, 52, Rate, fit.Report.Names, fit.Report.Covariance);
            var some = histories[..Math.Min(histories.Length, 20_000)];
            All(forecaster, some);
            All(forecaster, some);
            var (_, all) = Clock.Time(() => All(forecaster, histories));
            var (median, bytes) = One(forecaster, histories);
            var (_, plain) = Clock.Time(
                () => some.Sum(h => fit.Model.ExpectedPurchases(h, 52) * fit.Model.DiscountedPurchases(h, 52, Rate)));
            var ratio = plain.Processor / some.Length * histories.Length / all.Processor;
            Console.WriteLine(FormattableString.Invariant(
                $"""
                {family} fitted on {fitted:N0}: {histories.Length:N0} estimates with interval in {all}
                  one: median {median:F2} us, {bytes} bytes allocated; plain expectations without an interval take {ratio:F1} times as long
                """));
        }
    }

    private static double All(ValueForecaster forecaster, PurchaseHistory[] histories)
    {
        var parts = new double[Environment.ProcessorCount];
        Parallel.For(0, parts.Length, part =>
        {
            Span<double> quantiles = stackalloc double[2];
            var sum = 0.0;
            for (var i = part; i < histories.Length; i += parts.Length)
            {
                sum += forecaster.Forecast(histories[i], (int)histories[i].Repeats, 35, Probabilities, quantiles).Value;
            }

            parts[part] = sum;
        });
        return parts.Sum();
    }

    private static (double Microseconds, long Bytes) One(ValueForecaster forecaster, PurchaseHistory[] histories)
    {
        Span<double> quantiles = stackalloc double[2];
        var times = new double[50_000];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < times.Length; i++)
        {
            var h = histories[i % histories.Length];
            var start = Stopwatch.GetTimestamp();
            forecaster.Forecast(h, (int)h.Repeats, 35, Probabilities, quantiles);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Array.Sort(times);
        return (times[times.Length / 2], bytes);
    }
}
