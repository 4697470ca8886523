using ClvOrleans.Statistics.Lifetime;
using MathNet.Numerics.Distributions;

namespace ClvOrleans.Benchmarks;

/// <summary>Simulated customers with continuous times, so that no two histories are equal.</summary>
internal static class Shop
{
    /// <summary>Customers of a BG/NBD shop like CDNOW, watched for 20 to 60 weeks.</summary>
    public static PurchaseHistory[] BetaGeometric(int customers, int seed)
    {
        var random = new Random(seed);
        return Make(customers, () =>
        {
            var rate = Gamma.Sample(random, .2425945, 4.4136019);
            var drops = Beta.Sample(random, .7929199, 2.4258881);
            return Watch(random, rate, double.PositiveInfinity, drops);
        });
    }

    /// <summary>Customers of a Pareto/NBD shop like CDNOW, watched for 20 to 60 weeks.</summary>
    public static PurchaseHistory[] Pareto(int customers, int seed)
    {
        var random = new Random(seed);
        return Make(customers, () =>
        {
            var rate = Gamma.Sample(random, .55315, 10.57633);
            var lifetime = Exponential.Sample(random, Math.Max(1e-300, Gamma.Sample(random, .60625, 11.67150)));
            return Watch(random, rate, lifetime, 0);
        });
    }

    private static PurchaseHistory[] Make(int customers, Func<PurchaseHistory> one)
    {
        var histories = new PurchaseHistory[customers];
        for (var i = 0; i < customers; i++)
        {
            histories[i] = one();
        }

        return histories;
    }

    private static PurchaseHistory Watch(Random random, double rate, double lifetime, double drops)
    {
        var observed = 20 + (40 * random.NextDouble());
        var (count, last, gaps, at) = (0, 0.0, 0.0, 0.0);
        while (rate > 1e-12)
        {
            at += Exponential.Sample(random, rate);
            if (at > Math.Min(observed, lifetime))
            {
                break;
            }

            gaps += Math.Log(at - last);
            (count, last) = (count + 1, at);
            if (random.NextDouble() < drops)
            {
                break;
            }
        }

        return new PurchaseHistory(count, last, observed, gaps);
    }
}
