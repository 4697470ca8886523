using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Training.Tests.Segments;

/// <summary>A store of customers of known groups, who differ within them by chance.</summary>
/// <param name="Name">What distinguishes the group.</param>
/// <param name="Share">How many of a hundred customers belong to it.</param>
/// <param name="Orders">Orders of each.</param>
/// <param name="Gap">Days between two.</param>
/// <param name="Silence">Days since the last.</param>
/// <param name="Minor">Value of an order.</param>
internal sealed record Planted(string Name, int Share, int Orders, int Gap, int Silence, double Minor)
{
    public static readonly DateOnly Today = new(2026, 6, 30);

    /// <summary>Four groups that differ in more than one way.</summary>
    public static readonly Planted[] Groups =
    [
        new("loyal", 20, 15, 30, 12, 5_000), new("once lately", 30, 1, 0, 15, 3_000), new("once long ago", 30, 1, 0, 420, 2_500),
        new("few and large", 20, 3, 120, 90, 40_000),
    ];

    /// <summary>Customers with the number of their group.</summary>
    public static List<(int Group, CustomerSummary Customer)> Store(
        int customers, int seed = 1, double spread = .2, double money = 1, IReadOnlyList<Planted>? groups = null)
    {
        var random = new Random(seed);
        var all = new List<(int, CustomerSummary)>();
        groups ??= Groups;
        for (var i = 0; i < customers; i++)
        {
            var (place, sum) = (i * 37 % 100, 0);
            var group = Enumerable.Range(0, groups.Count).First(g => (sum += groups[g].Share) > place);
            all.Add((group, groups[group].Customer(random, spread, money)));
        }

        return all;
    }

    private CustomerSummary Customer(Random random, double spread, double money)
    {
        var days = new List<int> { Today.DayNumber - (int)Math.Round(Silence * Noise()) };
        for (var order = 1; order < Orders; order++)
        {
            days.Add(days[^1] - Math.Max(1, (int)Math.Round(Gap * Noise())));
        }

        days.Reverse();
        return new CustomerSummary
        {
            PurchaseDays =
            [
                .. days.Select(d => OrderOn(DateOnly.FromDayNumber(d), new Money((long)(Math.Round(Minor * Noise()) * money)))),
            ],
        };

        double Noise() => Math.Exp(
            spread * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
    }

    private static PurchaseDay OrderOn(DateOnly day, Money value) => new(day, 1, value, value, value);
}
