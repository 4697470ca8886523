using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Segments;
using ClvOrleans.Valuation.Rules;
using ClvOrleans.Valuation.Segments;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Valuation.Tests.Watches;

/// <summary>
/// "Three orders in 30 days" turns on the day on which the third ages out: 200 rules over 10,000 streams of orders, with repeated events,
/// late events and cancellations, against a count over the events themselves.
/// </summary>
public sealed class WindowTests
{
    private const int Streams = 10_000;
    private const int Days = 120;
    private static readonly string[] Functions = ["ordersWithin", "purchaseDaysWithin", "spendWithin"];

    [Fact]
    public void Rules_of_windows_hold_and_turn_when_a_count_over_the_events_says_so()
    {
        var random = new Random(20260615);
        var rules = Enumerable.Range(0, 200).Select(_ => Draw(random)).ToArray();
        var compiled = Array.ConvertAll(rules, r => CustomerRules.For(Futures.Store.Currency).Parse(r.Text));
        var (held, turned) = (0, 0);
        for (var stream = 0; stream < Streams; stream++)
        {
            var events = Stream(random);
            var state = new CustomerState();
            var known = new Dictionary<EventKey, CustomerEvent>();
            foreach (var e in Arrivals(events, random))
            {
                if (known.TryAdd(e.Key, e))
                {
                    state.Apply(e, Happened.Store);
                }
            }

            var (summary, today) = (CustomerSummary.Of(state, Happened.Store), Happened.Day(Days + random.Next(40)));
            var orders = OrdersOf(known.Values);
            for (var i = 0; i < rules.Length; i++)
            {
                var holds = rules[i].Holds(orders, today);
                Assert.True(holds == compiled[i].Holds(On(today, summary)), $"stream {stream}, {rules[i].Text}");
                held += holds ? 1 : 0;
            }

            var some = Enumerable.Range(0, 5).Select(_ => random.Next(rules.Length)).Distinct().ToArray();
            var list = new WatchList(
                new WatchVersion(1, 0), some.Select(i => new RuleWatch(WatchSubject.Of(new SegmentId($"s{i}")), 1, compiled[i])));
            var next = WatchTurns.Next(list, WatchState.None, today, false, d => On(d, summary));
            var expected = Enumerable.Range(1, 500).Select(today.AddDays)
                .Where(d => some.Any(i => rules[i].Holds(orders, d) != rules[i].Holds(orders, today))).Select(d => (DateOnly?)d)
                .FirstOrDefault();
            Assert.Equal(expected ?? today.AddDays(WatchTurns.MostDays + 1), next);
            turned += expected is null ? 0 : 1;
        }

        Assert.InRange(held, Streams * 20, Streams * 180);
        Assert.InRange(turned, Streams / 2, Streams);
    }

    private static WindowRule Draw(Random random)
    {
        var (function, days, least) = (Functions[random.Next(3)], random.Next(1, 200), random.Next(1, 9));
        var bound = function == "spendWithin" ? least * 40 : least;
        var isAtLeast = random.Next(2) == 0;
        return new WindowRule($"{function}('{days}d') {(isAtLeast ? ">=" : "<")} {bound}", function, days, bound, isAtLeast);
    }

    private static CustomerEvent[] Stream(Random random)
    {
        var events = new List<CustomerEvent>();
        for (var i = 0; i < 1 + random.Next(10); i++)
        {
            events.Add(Happened.Order(random.Next(Days), $"o{i}", random.Next(0, 90) * 100));
            if (random.Next(8) == 0)
            {
                events.Add(Happened.On(Days, EventKind.OrderCancelled) with { Order = new OrderFacts($"o{i}") });
            }
        }

        return [.. events];
    }

    // In any order, so that many come late; some twice.
    private static CustomerEvent[] Arrivals(CustomerEvent[] events, Random random)
    {
        CustomerEvent[] arrivals = [.. events, .. events.Where(_ => random.Next(3) == 0)];
        random.Shuffle(arrivals);
        return arrivals;
    }

    private static (DateOnly Day, long Minor)[] OrdersOf(IReadOnlyCollection<CustomerEvent> events)
    {
        var cancelled = events.Where(e => e.Kind == EventKind.OrderCancelled).Select(e => e.OrderId).ToHashSet();
        return
        [
            .. events.Where(e => e.Kind == EventKind.OrderCompleted && !cancelled.Contains(e.OrderId))
                .Select(e => (DateOnly.FromDateTime(e.At.UtcDateTime), (long)e.Order!.Value!.Value.Minor)),
        ];
    }

    private static CustomerFacts On(DateOnly day, CustomerSummary summary) => new(
        CustomerId.OfUser(Futures.Store.Id, "anna"), summary,
        new Contribution(1, day, 1, new SegmentCell(Lifecycle.Active, 0), default), day, Futures.Store);

    private sealed record WindowRule(string Text, string Function, int Days, int Bound, bool IsAtLeast)
    {
        public bool Holds((DateOnly Day, long Minor)[] orders, DateOnly today)
        {
            var within = orders.Where(o => o.Day <= today && today.DayNumber - o.Day.DayNumber < Days).ToArray();
            var value = Function switch
            {
                "ordersWithin" => within.Length,
                "purchaseDaysWithin" => within.Select(o => o.Day).Distinct().Count(),
                _ => within.Sum(o => o.Minor) / 100m,
            };
            return value >= Bound == IsAtLeast;
        }
    }
}
