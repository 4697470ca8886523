using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Recommendations.Baskets;
using ClvOrleans.Recommendations.Catalogues;
using ClvOrleans.Recommendations.Learning;
using ClvOrleans.Recommendations.Models;
using ClvOrleans.Recommendations.Ranking;

namespace ClvOrleans.Benchmarks.Recommendations;

/// <summary>How long an answer takes, what a model needs, and what live baskets add to the fold of an event.</summary>
internal static class RecommendationBenchmark
{
    private const int Products = 4_000;
    private const int Answers = 2_000;
    private static readonly DateOnly Day = new(2026, 6, 1);
    private static readonly StoreSettings Store = new() { Id = new StoreId("shop") };

    /// <summary>A store of so many customers; with an address and the data folder of the service there, its answers instead.</summary>
    public static async Task RunAsync(int customers, string? address, string? folder)
    {
        if (address is null)
        {
            var events = Enumerable.Range(0, customers).Select(EventsOf).ToArray();
            Model(events);
            Fold(events.Take(2_000).ToArray());
            return;
        }

        using var http = OwnerKey.Client(new Uri(address), folder ?? "./clv-data");
        var page = await http.GetFromJsonAsync<JsonElement>("api/v1/customers?limit=500&sort=lastSeen");
        await EdgeAsync(http, [.. page.GetProperty("customers").EnumerateArray().Select(c => c.GetProperty("customer").GetString()!)]);
    }

    private static void Model(CustomerEvent[][] events)
    {
        var baskets = events.Select(e => CustomerBaskets.Fold(e, Store)).ToArray();
        var catalogue = Catalogue.Of(
            Enumerable.Range(0, Products).Select(p => new CatalogueProduct($"p{p}", $"c{p % 20}", new Money(100 + p))));
        var clock = Stopwatch.StartNew();
        var learned = RecommendationTrainer.Train(catalogue, [.. baskets.Select(b => BasketSequence.Of(b.History, catalogue))]);
        var trained = clock.Elapsed;
        var bytes = ModelFormat.Write(learned.Model);
        var before = GC.GetTotalMemory(true);
        clock.Restart();
        var model = ModelFormat.Read(bytes);
        var opened = clock.Elapsed;
        Console.WriteLine(
            $"{Products:N0} products, {events.Length:N0} customers: trained in {trained.TotalSeconds:0.0} s, "
            + $"{bytes.Length / 1e6:0.0} MB kept, opened in {opened.TotalMilliseconds:0} ms, "
            + $"{(GC.GetTotalMemory(true) - before) / 1e6:0.0} MB in memory");
        var shelf = Shelf.Of(model.Catalogue, ["p1"], ["p2"]);
        foreach (var round in Enumerable.Range(1, 3))
        {
            var times = new double[Answers];
            for (var i = 0; i < times.Length; i++)
            {
                var own = baskets[i * 7 % baskets.Length];
                var start = Stopwatch.GetTimestamp();
                var request = new RecommendationRequest
                {
                    Baskets = own.History,
                    Recent = own.Recent,
                    Day = Day,
                    Shelf = shelf,
                    Appeal = (PriceAppeal)(i % 3),
                };
                Recommender.RecommendApart(model, request);
                ReorderList.Of(model, request);
                times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }

            Print($"round {round}, in process", times);
        }
    }

    private static void Fold(CustomerEvent[][] events)
    {
        var count = events.Sum(e => e.Length);
        var ratios = new List<double>();
        var (plain, live) = (new List<double>(), new List<double>());
        for (var round = 0; round < 9; round++)
        {
            plain.Add(Time(() => Array.ForEach(events, e => CustomerState.Fold(e, Store))));
            live.Add(Time(() => Array.ForEach(events, e => CustomerBaskets.Fold(e, Store))));
            ratios.Add(live[^1] / plain[^1]);
        }

        Console.WriteLine(
            $"fold of an event of which a fifth are orders of three products: {Median(plain) / count * 1e6:0.00} µs, with baskets "
            + $"{Median(live) / count * 1e6:0.00} µs, {Median(ratios):0.00} times (quartiles {ratios.Order().ElementAt(2):0.00} to "
            + $"{ratios.Order().ElementAt(6):0.00})");
    }

    private static async Task EdgeAsync(HttpClient http, string[] ids)
    {
        Func<int, string> Of(string what) => i => $"api/v1/customers/{Uri.EscapeDataString(ids[i % ids.Length])}/{what}";
        foreach (var round in Enumerable.Range(1, 3))
        {
            await EdgeAsync(http, round, Answers, Of("recommendations"), Of("experience"));
            await EdgeAsync(http, round, Answers / 10, _ => "api/v1/demand?by=product&weeks=13", _ => "api/v1/demand?by=category&weeks=13");
        }
    }

    // In turn, so that what else the machine does is in all alike; an address that does nothing, before each, tells how much that is.
    private static async Task EdgeAsync(HttpClient http, int round, int count, params Func<int, string>[] addresses)
    {
        var idle = new double[(count * addresses.Length) + 1];
        var times = addresses.Select(_ => new double[count]).ToArray();
        for (var i = 0; i < count; i++)
        {
            for (var a = 0; a < addresses.Length; a++)
            {
                idle[(i * addresses.Length) + a] = await TimeAsync(http, "health/live");
                times[a][i] = await TimeAsync(http, addresses[a](i));
            }
        }

        idle[^1] = await TimeAsync(http, "health/live");
        var quiet = 2 * Median([.. idle]);
        for (var a = 0; a < addresses.Length; a++)
        {
            var name = $"round {round}, {addresses[a](0).Split('/')[^1]} over HTTP";
            double[] undisturbed =
            [
                .. times[a].Where((_, i) => idle[(i * addresses.Length) + a] < quiet && idle[(i * addresses.Length) + a + 1] < quiet),
            ];
            Print(name, times[a]);
            Print($"{name}, those {undisturbed.Length} between two quick answers of health/live", undisturbed);
        }

        Print($"round {round}, health/live over HTTP", idle);
    }

    private static async Task<double> TimeAsync(HttpClient http, string address)
    {
        var start = Stopwatch.GetTimestamp();
        using var reply = await http.GetAsync(address);
        await reply.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    // Customers of a theme, who buy half of it again and again and look at twice as much as they buy.
    private static CustomerEvent[] EventsOf(int customer)
    {
        var random = new Random(customer);
        var (theme, own) = (random.Next(40), Enumerable.Range(0, 12).Select(_ => random.Next(100)).ToArray());
        return [.. Enumerable.Range(0, 50).Select(n => new CustomerEvent
        {
            MessageId = $"m{n}",
            Source = "web",
            Kind = n % 5 == 0 ? EventKind.OrderCompleted : EventKind.ProductViewed,
            At = new DateTimeOffset(2025, 1, 1, 12, 0, 0, TimeSpan.Zero).AddDays((n * 9) + random.Next(9)),
            Order = n % 5 == 0 ? new OrderFacts($"o{customer}-{n}", new Money(5_000)) : null,
            Products =
            [
                .. Enumerable.Range(0, n % 5 == 0 ? 3 : 1)
                    .Select(_ => (theme * 100) + (random.NextDouble() < .5 ? own[random.Next(own.Length)] : random.Next(100)))
                    .Select(p => new ProductLine($"p{p}", $"c{theme}", new Money(1_000))),
            ],
        })];
    }

    private static double Time(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static void Print(string what, double[] milliseconds)
    {
        Array.Sort(milliseconds);
        var (median, late) = (milliseconds[milliseconds.Length / 2], milliseconds[milliseconds.Length * 99 / 100]);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{what}: {median:0.00} ms (median), {late:0.00} ms (99 of 100)"));
    }
}
