using System.Diagnostics;
using ClvOrleans.Benchmarks.Gathering;
using ClvOrleans.Contracts;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Domain.Segments;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Definitions;
using ClvOrleans.Policies.ReadyMade;
using ClvOrleans.Storage.Deliveries;
using ClvOrleans.Storage.Policies;
using ClvOrleans.Storage.Segments;
using ClvOrleans.Valuation.Rules;
using ClvOrleans.Valuation.Segments;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ClvOrleans.Benchmarks.Ingest;

/// <summary>
/// The same batches through a silo where nothing is watched and one with ten own segments and seven live policies, in rounds that
/// alternate. A round ends when its last event is acknowledged, with decisions being taken meanwhile; those left are waited for before
/// the other's turn. <see cref="ReadyMade"/> sends what the clients of the demo's store send to the ready-made policies.
/// </summary>
internal static class PolicyBenchmark
{
    private const int Round = 10;
    private const int WarmUp = 10;
    private const string Never = """{"rule":"orders > 1000"}""";
    private const string Tenth = "< 10";

    // As the ready-made ones, for a tenth of the customers: about every hundredth event decides. The second condition is of a shop whose
    // customers do something worth a decision in more than every tenth event.
    private static readonly (string Id, string Seldom, string Often)[] Policies =
    [
        ("welcome", """{"event":"OrderCompleted","where":"orders = 1 and bucket('a') < 10"}""",
            """{"event":"OrderCompleted","where":"orders <= 2"}"""),
        ("second-purchase", """{"rule":"orders >= 2 and bucket('b') < 10"}""", """{"rule":"orders >= 2"}"""),
        ("thank-the-best", """{"rule":"historicValue > 100 and bucket('c') < 10"}""", """{"rule":"historicValue > 100 and orders >= 4"}"""),
        ("rising", """{"valueRisesBy":"400%"}""", """{"valueRisesBy":"50%"}"""),
        ("personal-service", """{"valueFallsBy":"25%"}""", """{"valueFallsBy":"25%"}"""),
        ("browsers", """{"rule":"views4w > 3 and bucket('d') < 10"}""", """{"entered":"s4"}"""),
        ("win-back", """{"pAliveBelow":0.4}""", """{"pAliveBelow":0.4}"""),
    ];

    public const string ReadyMade = "ready-made";

    public static async Task RunAsync(int rounds, string? share)
    {
        using var traffic = share == ReadyMade ? new StoreTraffic() : null;
        await using var none = new SimulatedJournal(Path.Combine(TemporaryFolder.New(), "clv.db"), true);
        await using var full = new SimulatedJournal(Path.Combine(TemporaryFolder.New(), "clv.db"), true);
        using var without = IngestBenchmark.Build(none, time: traffic);
        using var with = IngestBenchmark.Build(full, 11_131, traffic);
        await without.StartAsync();
        await with.StartAsync();
        var time = traffic ?? TimeProvider.System;
        var consents = traffic is null ? Batches.Consents(share == "suppressed" ? "email" : "slot") : Past(traffic);
        foreach (var body in consents)
        {
            await RecordAsync(without, body);
            await RecordAsync(with, body);
        }

        await DefineAsync(with.Services, share, time);
        var store = SimulatedJournal.Settings.Id;
        var decisions = with.Services.GetRequiredService<IDecisions>();
        var deliveries = with.Services.GetRequiredService<IDeliveries>();
        var (plain, watched, settled, plainWork, watchedWork) =
            (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        var (number, grains) = (0, with.Services.GetRequiredService<IGrainFactory>());
        var (before, actedBefore) = (0L, 0L);
        var (plainCommits, watchedCommits) = (0L, 0L);
        for (var round = 0; round < WarmUp + rounds; round++)
        {
            if (round == WarmUp)
            {
                before = await CountAsync(decisions, store);
                actedBefore = await CountAsync(decisions, store, DecisionOutcome.Acted);
                (plainCommits, watchedCommits) = (none.Transactions, full.Transactions);
            }

            var (bodies, news) = traffic?.Next(Round) ?? ([.. Enumerable.Range(number, Round).Select(n => Batches.Of(n))], []);
            number += Round;
            foreach (var body in news)
            {
                await RecordAsync(without, body);
                await RecordAsync(with, body);
            }

            foreach (var isPlain in round % 2 == 0 ? (bool[])[true, false] : [false, true])
            {
                var (began, worked) = (Stopwatch.GetTimestamp(), Process.GetCurrentProcess().TotalProcessorTime);
                foreach (var body in bodies)
                {
                    await RecordAsync(isPlain ? without : with, body);
                }

                var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
                while (!isPlain && await decisions.FindDueShardsAsync(store, time.GetUtcNow()) is { Count: > 0 } left)
                {
                    // As the watch of the service does.
                    await Task.WhenAll(left.Select(s => grains.GetDecisions(store, s).SettleAsync()));
                }

                while (!isPlain && await deliveries.FindDueShardsAsync(store, time.GetUtcNow()) is { Count: > 0 } waiting)
                {
                    await Task.WhenAll(waiting.Select(s => grains.GetDeliveries(store, s).SettleAsync()));
                }

                (isPlain ? plain : watched).Add(took);
                (isPlain ? plainWork : watchedWork).Add((Process.GetCurrentProcess().TotalProcessorTime - worked).TotalMilliseconds);
                if (!isPlain)
                {
                    settled.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                }
            }
        }

        var decided = await CountAsync(decisions, store) - before;
        var acted = await CountAsync(decisions, store, DecisionOutcome.Acted) - actedBefore;
        await without.StopAsync();
        await with.StopAsync();
        var events = rounds * Round * Batches.Size;
        Console.WriteLine(FormattableString.Invariant(
            $"{events:N0} events, {decided:N0} decisions ({(double)decided / events:p1}), {acted:N0} acted"));
        Console.WriteLine(FormattableString.Invariant(
            $"transactions a round: {(full.Transactions - watchedCommits) / (double)rounds:f0}, ")
            + FormattableString.Invariant($"without {(none.Transactions - plainCommits) / (double)rounds:f0}"));
        Report("until acknowledged", watched, plain);
        Report("until decided", settled, plain);
        Report("processor, with decisions", watchedWork, plainWork);
        var (plainEach, more) = (plainWork.Skip(WarmUp).Sum() / events, watchedWork.Skip(WarmUp).Sum() - plainWork.Skip(WarmUp).Sum());
        Console.WriteLine(FormattableString.Invariant(
            $"an event takes {1_000 * plainEach:f0} µs of a processor without; watching and deciding {1_000 * more / events:f0} µs more, ")
            + FormattableString.Invariant($"for each decision what {more / Math.Max(1, decided) / plainEach:f1} events take"));
    }

    private static string Of(string id, string when) =>
        """
        {"id":"NAME","name":"NAME","when":WHEN,"budget":{"amount":100000},"reentry":"always",
         "do":{"channel":"slot","topic":"NAME","cost":0.1,"effect":{"amount":3,"sd":3},"payload":{"text":"{{decision}}"}}}
        """.Replace("NAME", id, StringComparison.Ordinal).Replace("WHEN", when, StringComparison.Ordinal);

    // Two years: what the demo has before it opens.
    private static IEnumerable<byte[]> Past(StoreTraffic traffic)
    {
        while (traffic.IsPast)
        {
            var (bodies, consents) = traffic.Next(Round);
            foreach (var body in consents.Concat(bodies))
            {
                yield return body;
            }
        }
    }

    private static IEnumerable<string> Definitions(string? share) => share == ReadyMade
        ? ReadyMadePolicies.All.Values.Select(d => d.Replace("\"email\"", "\"slot\"", StringComparison.Ordinal))
        : Policies.Select(p => Of(p.Id, share switch
        {
            "none" => Never,
            "rarely" when !p.Seldom.Contains(Tenth, StringComparison.Ordinal) => Never,
            "rarely" => p.Seldom.Replace(Tenth, "< 2", StringComparison.Ordinal),
            "often" or "suppressed" => p.Often,
            _ => p.Seldom,
        }));

    private static async Task DefineAsync(IServiceProvider services, string? share, TimeProvider time)
    {
        var (store, known) = (SimulatedJournal.Settings.Id, new HashSet<string>(StringComparer.Ordinal));
        for (var i = 0; i < WatchBenchmark.Rules.Length; i++)
        {
            known.Add($"s{i}");
            var segment = new SegmentDefinition { Id = new SegmentId($"s{i}"), Rule = WatchBenchmark.Rules[i] };
            await services.GetRequiredService<ISegmentDefinitions>().TryPutAsync(store, segment, i);
        }

        var policies = services.GetRequiredService<IPolicies>();
        var reader = new PolicyReader(CustomerRules.For(SimulatedJournal.Settings.Currency), known);
        foreach (var (i, definition) in Definitions(share).Index())
        {
            var (id, now) = (reader.Read(definition).Id, time.GetUtcNow());
            await policies.TryPutAsync(store, new PolicyRecord { Id = id, Definition = definition, At = now, ModeSince = now }, i);
            await policies.SetModeAsync(store, id, PolicyMode.Live, now);
        }
    }

    private static async Task RecordAsync(IHost host, byte[] body) =>
        await host.Services.GetRequiredService<EventRouter>().RecordAsync(IngestBenchmark.Read(body));

    private static async Task<long> CountAsync(IDecisions decisions, StoreId store, DecisionOutcome? outcome = null) =>
        (await decisions.CountAsync(store)).Where(c => outcome is null || c.Outcome == outcome).Sum(c => c.Decisions);

    private static void Report(string what, List<double> with, List<double> without)
    {
        var ratios = with.Zip(without, (w, p) => w / p).Skip(WarmUp).Order().ToArray();
        var (low, median, high) = (ratios[ratios.Length / 4], ratios[ratios.Length / 2], ratios[ratios.Length * 3 / 4]);
        var (a, b) = (Median(with), Median(without));
        Console.WriteLine(FormattableString.Invariant(
            $"{what}: a round {a:f1} ms, without {b:f1} ms; ratio {median:f3} ({low:f3} to {high:f3}; {ratios.Length} pairs of rounds)"));

        static double Median(List<double> times) => times.Skip(WarmUp).Order().ElementAt((times.Count - WarmUp) / 2);
    }
}
