using ClvOrleans.Statistics.Lifetime;
using MathNet.Numerics.Distributions;

namespace ClvOrleans.Tests;

/// <summary>Customers made by the story that each model tells, each watched for 30 to 100 weeks.</summary>
internal static class SimulatedCustomers
{
    public static PurchaseHistory[] Of(ILifetimeModel model, int customers, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, customers).Select(_ => One(model, random, 30 + (70 * random.NextDouble())))];
    }

    public static PurchaseHistory One(ILifetimeModel model, Random random, double observed)
    {
        var times = Purchases(model, random, observed);
        var gaps = times.Select((t, i) => Math.Log(t - (i == 0 ? 0 : times[i - 1]))).Sum();
        return new PurchaseHistory(times.Count, times.Count == 0 ? 0 : times[^1], observed, gaps);
    }

    /// <summary>Times of the repeat purchases from the first purchase to <paramref name="end"/>.</summary>
    public static List<double> Purchases(ILifetimeModel model, Random random, double end)
    {
        var times = new List<double>();
        if (model is ParetoNbd p)
        {
            var rate = Gamma.Sample(random, p.R, p.Alpha);
            var lifetime = Exponential.Sample(random, Math.Max(1e-300, Gamma.Sample(random, p.S, p.Beta)));
            for (var at = Gap(random, 1, rate); at < Math.Min(end, lifetime); at += Gap(random, 1, rate))
            {
                times.Add(at);
            }
        }
        else if (model is BetaGeometricNbd g)
        {
            var rate = Gamma.Sample(random, g.R, g.Alpha);
            var drops = Beta.Sample(random, g.A, g.B);
            if (g.DropsAtFirst && random.NextDouble() < drops)
            {
                return times;
            }

            for (var at = Gap(random, g.K, rate); at < end; at += Gap(random, g.K, rate))
            {
                times.Add(at);
                if (random.NextDouble() < drops)
                {
                    break;
                }
            }
        }

        return times;
    }

    private static double Gap(Random random, int k, double rate) => rate < 1e-12 ? 1e12 : Gamma.Sample(random, k, rate);
}
