using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Grains.Deliveries;
using ClvOrleans.Grains.Tests.Deliveries;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Storage.Deliveries;
using ClvOrleans.Storage.Sqlite.Checks;

namespace ClvOrleans.Grains.Tests.Policies;

/// <summary>
/// Budgets, caps and cool-downs over five days and two silos: events arrive twice and at both silos, visitors become customers while
/// decisions wait and while they are sent, attempts fail before and after they arrive, and what is dead is sent again. What counts is what
/// arrived outside. <c>CLV_POLICY_CUSTOMERS</c> says how many customers there are (default 1,000; <c>.ci/nightly</c> has 100,000).
/// </summary>
public sealed class LimitsUnderLoadTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Days = 5;
    private const int CoolDown = 2;

    // Nothing leaves before what merges early has merged: days begin at 8 in the morning of the store.
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(30);
    private static readonly int Customers =
        int.Parse(Environment.GetEnvironmentVariable("CLV_POLICY_CUSTOMERS") ?? "1000", CultureInfo.InvariantCulture);

    private readonly DeliveryCluster _cluster = new();
    private readonly ConcurrentDictionary<DeliveryId, (CustomerId Customer, string Topic, int Day)> _arrived = new();
    private readonly ConcurrentDictionary<DeliveryId, int> _attempts = new();
    private DateTimeOffset _started;
    private PolicyStore _store = null!;
    private int _day;

    // Every fifth is a visitor, who becomes the customer before on one of the days.
    private CustomerId[] Everybody => [.. Enumerable.Range(0, Customers).Select(Of)];

    public async ValueTask InitializeAsync()
    {
        await _cluster.InitializeAsync();
        _store = new PolicyStore(_cluster);
        _started = _cluster.Time.GetUtcNow();
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task No_budget_cap_or_cool_down_is_exceeded_by_what_arrives()
    {
        var (dayCap, budget) = (Customers / 2, Customers / 4);
        var terms = PolicyTerms.Default with
        {
            Control = new ControlGroup(0),
            ChannelCaps = PolicyTerms.Default.ChannelCaps.Add(ActionChannel.Webhook, 1),
        };
        var limits = $$""" "dayCap": {{dayCap}}, "coolDownDays": {{CoolDown}}, "cap": { "most": 2, "days": 30 } """;
        await _store.DefineAsync("daily", Offer("daily", Customers * 10, limits), terms: terms);
        await _store.DefineAsync("rare", Offer("rare", budget, "\"coolDownDays\": 0"), when: """{ "event": "ProductViewed" }""");
        _cluster.Mailbox.Answer = AnswerAsync;
        var (watch, events) = (Stopwatch.StartNew(), 0);
        await SendAsync(Everybody, c => _cluster.ConsentOf(c, true));
        for (_day = 0; _day < Days; _day++)
        {
            events += await SendAsync(Everybody, c => new RoutedEvent(c, Event(c, EventKind.PageViewed)));
            events += await SendAsync(Everybody, c => new RoutedEvent(c, Event(c, EventKind.ProductViewed)));
            await _store.SettleAsync();
            _cluster.Time.Move(Quiet);
            var merging = SendAsync(
                [.. Everybody.Where(c => MergedOn(c) == _day)],
                c => Sent.Identify(Successor(c), c, $"identify-{c.Id}"));
            if (IsMergedBefore)
            {
                await merging;
            }

            await DeliverAsync();
            await merging;
            _cluster.Time.Move(_started.AddDays(_day + 1) - _cluster.Time.GetUtcNow());
        }

        var seconds = watch.Elapsed.TotalSeconds;
        var decided = long.Parse(Read("SELECT '', count(*) FROM decisions")[0].Value, CultureInfo.InvariantCulture);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {Customers} identities, {events} events, {decided} decisions, {_arrived.Count} arrived in {_attempts.Values.Sum()} attempts, {seconds:0} s:
            {events / seconds:0} events/s and {decided / seconds:0} decisions/s, sending and deliveries included
            """));
        var reasons = Reasons();
        output.WriteLine(string.Join('\n', reasons.Order()));

        // Each limit was reached, so that it was there to be exceeded.
        Assert.All(
            ["CoolDown", "CustomerCap", "DayCap", "ChannelCap", "Budget", "channel_cap"],
            limit => Assert.Contains(reasons, r => r.StartsWith(limit, StringComparison.Ordinal)));

        Assert.Equal(0, Exceeded(_arrived.Values.Where(a => a.Topic == "rare").GroupBy(_ => 0), budget));
        Assert.Equal(0, Exceeded(_arrived.Where(a => a.Value.Topic == "daily").GroupBy(a => DayOf(a.Key)), dayCap));
        Assert.Equal(0, Exceeded(_arrived.Values.GroupBy(a => (a.Day, PersonOn(a.Customer, a.Day))), 1));
        Assert.Equal(0, TooSoon());

        var folder = Path.GetDirectoryName(_cluster.JournalPath)!;
        var checks = StoreCheck.Run(folder, AnyStore.SettingsOf(_store.Id)).ToList();
        Assert.Equal([], checks.SelectMany(c => c.Found.Select(f => $"{c.Name}: {f}")));
        output.WriteLine($"in all {watch.Elapsed.TotalSeconds:0} s");
    }

    private bool IsMergedBefore => _day % 2 == 0;

    private static string Offer(string topic, int budget, string more) => $$"""
        "do": { "channel": "webhook", "topic": "{{topic}}", "cost": 1, "effect": { "amount": 1000 }, "payload": { "url": "https://a.example/" } },
        "budget": { "amount": {{budget}} }, "reentry": "always", "holdout": 0, "exploration": 0,
        "quietHours": { "from": "07:30", "to": "08:30" }, {{more}}
        """;

    private CustomerId Of(int i) => i % 5 == 4 ? CustomerId.OfVisitor(_store.Id, $"v{i}") : CustomerId.OfUser(_store.Id, $"c{i}");

    private static int NumberOf(CustomerId customer) => int.Parse(customer.Id.AsSpan(1), CultureInfo.InvariantCulture);

    private static int? MergedOn(CustomerId customer) => customer.Kind == CustomerKind.Visitor ? NumberOf(customer) / 5 % Days : null;

    private CustomerId Successor(CustomerId visitor) => Of(NumberOf(visitor) - 1);

    // Who somebody was when things were sent on a day; while identities became one they may have been either.
    private CustomerId PersonOn(CustomerId customer, int day) =>
        MergedOn(customer) is { } merged && (merged < day || (merged == day && day % 2 == 0)) ? Successor(customer) : customer;

    private CustomerEvent Event(CustomerId customer, EventKind kind) => new()
    {
        MessageId = $"{kind}-{customer.Id}-{_day}",
        Source = "web",
        Kind = kind,
        At = _cluster.Time.GetUtcNow(),
    };

    // Through both silos, a third of it twice at once.
    private async Task<int> SendAsync(CustomerId[] customers, Func<CustomerId, RoutedEvent> make)
    {
        var number = 0;
        await Parallel.ForEachAsync(customers.Chunk(200), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (chunk, _) =>
        {
            RoutedEvent[] events = [.. chunk.Select(make)];
            var turn = Interlocked.Increment(ref number);
            var silos = turn % 3 == 0 ? (int[])[0, 1] : [turn % 2];
            foreach (var outcome in (await Task.WhenAll(silos.Select(silo => _cluster.Router(silo).RecordAsync(events)))).SelectMany(
                o => o))
            {
                Assert.Contains(outcome.Kind, new[] { OutcomeKind.Recorded, OutcomeKind.Duplicate });
            }
        });
        return customers.Length;
    }

    // Some fail for sure, some for good, some arrive and fail all the same; what is dead is sent again.
    private async Task DeliverAsync()
    {
        for (var round = 0; round < 3; round++)
        {
            await _cluster.SettleAsync(_store.Id);
            await _cluster.Deliveries.ReviveAsync(new DeliveryQuery(_store.Id), _cluster.Time.GetUtcNow());
            await _store.SettleAsync();
            _cluster.Time.Move(TimeSpan.FromMinutes(1));
        }
    }

    private Task<SendResult?> AnswerAsync(Delivery delivery)
    {
        var draw =
            (Convert.ToUInt32(delivery.Id.Value[..7], 16) + ((uint)_attempts.AddOrUpdate(delivery.Id, 1, (_, n) => n + 1) * 7)) % 100;
        if (draw < 5)
        {
            return Task.FromResult<SendResult?>(SendResult.Again("busy"));
        }

        if (draw < 10)
        {
            return Task.FromResult<SendResult?>(SendResult.Failed("no"));
        }

        _arrived.TryAdd(delivery.Id, (delivery.Customer, delivery.Topic, _day));
        return draw < 13 ? throw new IOException("The connection broke after the last byte.") : Task.FromResult<SendResult?>(null);
    }

    private static int Exceeded<TKey, T>(IEnumerable<IGrouping<TKey, T>> groups, int most) => groups.Count(g => g.Count() > most);

    // Of the daily offer: two within the cool-down, or more than two in all, as far as it was one customer when the later one was sent.
    private int TooSoon()
    {
        var found = 0;
        foreach (var person in _arrived.Values.Where(a => a.Topic == "daily").GroupBy(a => PersonOn(a.Customer, Days)))
        {
            foreach (var later in person)
            {
                var before = person.Where(a => a.Day < later.Day && PersonOn(a.Customer, later.Day) == PersonOn(later.Customer, later.Day))
                    .ToList();
                found += before.Count > 1 || before.Any(a => later.Day - a.Day < CoolDown) ? 1 : 0;
            }
        }

        return found;
    }

    private string DayOf(DeliveryId id) => DecidedOn[id.Value];

    private Dictionary<string, string> DecidedOn => field ??= Read(
        "SELECT id, json_extract(CAST(charge AS TEXT), '$.day') FROM decisions WHERE charge IS NOT NULL")
        .ToDictionary(r => r.Name, r => r.Value);

    private List<string> Reasons() =>
    [
        .. Read("SELECT reason, count(*) FROM decisions GROUP BY reason").Select(r => $"{r.Name} {r.Value}"),
        .. Read("SELECT reason, count(*) FROM deliveries WHERE state = 'Cancelled' GROUP BY reason").Select(r => $"{r.Name} {r.Value}"),
    ];

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA2100", Justification = "Queries of the test only.")]
    private List<(string Name, string Value)> Read(string sql)
    {
        using var connection = _cluster.OpenJournal();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        var read = new List<(string, string)>();
        while (rows.Read())
        {
            read.Add((rows.GetString(0), Convert.ToString(rows.GetValue(1), CultureInfo.InvariantCulture)!));
        }

        return read;
    }
}
