using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Training.Histories;
using MathNet.Numerics.Distributions;

namespace ClvOrleans.Benchmarks.OtherShops;

/// <summary>Shops that behave by laws which no model of the project has, made anew from a seed.</summary>
internal static class OtherShop
{
    /// <summary>Number of days.</summary>
    public const int Days = 5 * 365;

    /// <summary>The first day.</summary>
    public static readonly DateOnly Start = new(2020, 1, 1);

    private const double Year = 365.25;
    private static readonly StoreSettings Store = new() { Id = new StoreId("shop") };

    /// <summary>
    /// Seasons change their regime: each quarter the whole shop is quick, usual or slow (1.6, 1 or .55 times as many purchases), and stays
    /// so with probability .7; customers pause for months and come back, nobody leaves for good.
    /// </summary>
    public static StoreHistory Regimes(int customers, int seed)
    {
        var random = new Random(seed);
        double[] factors = [1.6, 1, .55];
        var regime = 1;
        double[] quarters = [.. Enumerable.Range(0, (Days / 91) + 1).Select(_ =>
            factors[regime = random.NextDouble() < .7 ? regime : random.Next(factors.Length)])];
        return Make(customers, i => Customer(random, i, Paused(random, quarters), () => Gamma.Sample(random, 2, 2 / 4_000.0)));
    }

    /// <summary>
    /// Spend has a heavy tail: each purchase is Pareto of index 1.7, whose variance is infinite; gaps between purchases are log-normal,
    /// and customers leave after a Weibull time of shape 2.5, so that the old leave soonest.
    /// </summary>
    public static StoreHistory HeavyTails(int customers, int seed)
    {
        var random = new Random(seed);
        return Make(customers, i => Customer(random, i, Aged(random), () => Math.Min(5e7, Pareto.Sample(random, 1_200, 1.7))));
    }

    private static StoreHistory Make(int customers, Func<int, IEnumerable<(CustomerId, CustomerEvent)>> one) =>
        StoreHistory.Of(Enumerable.Range(0, customers).SelectMany(one), Store, Start.AddDays(Days - 1));

    // Purchases of a thinned process: a rate of the customer's own, a share of the year in which they pause, and the shop's quarter.
    private static IEnumerable<int> Paused(Random random, double[] quarters)
    {
        var (rate, day) = (Gamma.Sample(random, .7, 40) + .0005, (double)random.Next(Days));
        var (from, length) = (random.NextDouble() * Year, 60 + (180 * random.NextDouble()));
        var most = rate * 1.6;
        while (day < Days)
        {
            yield return (int)day;
            do
            {
                day += Exponential.Sample(random, most);
            }
            while (day < Days && random.NextDouble() > Accepted(day));
        }

        double Accepted(double at) => (at - from) % Year is var place && (place < 0 ? place + Year : place) < length
            ? 0
            : quarters[(int)at / 91] / 1.6;
    }

    private static IEnumerable<int> Aged(Random random)
    {
        var (middle, day) = (Math.Exp(Normal.Sample(random, 4.6, .8)), (double)random.Next(Days));
        var end = Math.Min(Days, day + Weibull.Sample(random, 2.5, 700));
        while (day < end)
        {
            yield return (int)day;
            day += Math.Max(1, middle * Math.Exp(Normal.Sample(random, 0, .6)));
        }
    }

    private static IEnumerable<(CustomerId, CustomerEvent)> Customer(Random random, int number, IEnumerable<int> days, Func<double> spend)
    {
        var (id, usual) = (CustomerId.OfUser(Store.Id, $"c{number}"), Math.Exp(Normal.Sample(random, 0, .4)));
        foreach (var day in days.Distinct())
        {
            var order = $"{number}-{day}";
            yield return (id, new CustomerEvent
            {
                MessageId = order,
                Source = "web",
                Kind = EventKind.OrderCompleted,
                At = new DateTimeOffset(Start.AddDays(day).ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero),
                Order = new OrderFacts(order, new Money((long)Math.Ceiling(usual * spend()))),
            });
        }
    }
}
