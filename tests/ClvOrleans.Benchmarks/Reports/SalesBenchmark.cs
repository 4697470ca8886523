using System.Diagnostics;
using System.Globalization;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Reports.Demand;
using ClvOrleans.Reports.Sales;

namespace ClvOrleans.Benchmarks.Reports;

/// <summary>What a silo holds of a store's purchases for reports and demand, and how long a plan and its tables take.</summary>
internal static class SalesBenchmark
{
    private const int OrdersOfCustomer = 5;
    private const int Lines = 3;
    private const int Products = 4_000;
    private static readonly DateOnly End = new(2026, 6, 30);
    private static readonly StoreSettings Store = new() { Id = new StoreId("shop") };

    /// <summary>A store of so many orders, of three lines each, five a customer.</summary>
    public static void Run(int orders)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var before = GC.GetTotalMemory(true);
        var clock = Stopwatch.StartNew();
        var sales = new List<CustomerSales>(orders / OrdersOfCustomer);
        for (var c = 0; c < orders / OrdersOfCustomer; c++)
        {
            sales.Add(CustomerSales.Of(EventsOf(c), Store, t => texts.TryGetValue(t, out var known) ? known : texts[t] = t)!);
        }

        var folded = clock.Elapsed;
        var bytes = GC.GetTotalMemory(true) - before;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{orders:N0} orders of {Lines} lines, {sales.Count:N0} customers: folded in {folded.TotalSeconds:0.0} s, {bytes / 1e6:0} MB, "
                + $"{(double)bytes / orders:0} bytes an order"));
        clock.Restart();
        var plan = DemandPlan.Of(sales, End)!;
        Console.WriteLine($"plan of demand of {Products:N0} products: {clock.Elapsed.TotalSeconds:0.0} s");
        foreach (var round in Enumerable.Range(1, 3))
        {
            clock.Restart();
            plan.ByProduct(DemandPlan.Weeks, 200, Store);
            var byProduct = clock.Elapsed;
            clock.Restart();
            plan.ByCategory(DemandPlan.Weeks, Store);
            Console.WriteLine($"round {round}: by product {byProduct.TotalMilliseconds:0.0} ms, by category "
                + $"{clock.Elapsed.TotalMilliseconds:0.0} ms");
        }
    }

    private static IEnumerable<CustomerEvent> EventsOf(int customer)
    {
        var random = new Random(customer);
        return Enumerable.Range(0, OrdersOfCustomer).Select(n => new CustomerEvent
        {
            MessageId = $"m{n}",
            Source = "web",
            Kind = EventKind.OrderCompleted,
            At = new DateTimeOffset(2024, 6, 1, 12, 0, 0, TimeSpan.Zero).AddDays((n * 150) + random.Next(150)),
            Order = new OrderFacts($"o{customer}-{n}", new Money(5_000)),
            Products =
            [
                .. Enumerable.Range(0, Lines).Select(_ => random.Next(Products))
                    .Select(p => new ProductLine($"p{p}", $"c{p % 20}", new Money(1_000))),
            ],
        });
    }
}
