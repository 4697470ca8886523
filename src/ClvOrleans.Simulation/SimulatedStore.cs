using System.Collections.Immutable;
using ClvOrleans.Domain.Market;

namespace ClvOrleans.Simulation;

/// <summary>A store whose customers follow a known process, as a stream of what their clients would send.</summary>
public sealed class SimulatedStore(SimulatedStoreOptions options)
{
    private readonly StoreMarket _market = new(options.Process);

    /// <summary>What decides the store.</summary>
    public SimulatedStoreOptions Options => options;

    /// <summary>The market calendar from the year of the start to a year.</summary>
    public ImmutableArray<MarketEntry> MarketUntil(int lastYear) => StoreMarket.Entries(options.Start.UtcDateTime.Year, lastYear);

    /// <summary>What is true of the customers of the history.</summary>
    public IEnumerable<ShopperTruth> Truth() => Enumerable.Range(1, options.Customers).Select(number => NewShopper(number).Truth);

    /// <summary>
    /// All events from the start on, in the order of time, without an end: the store goes on after its history. The same at each call.
    /// </summary>
    public IEnumerable<SimulatedEvent> Events()
    {
        var visits = new PriorityQueue<Shopper, (DateTimeOffset At, int Who)>();
        var events = new PriorityQueue<SimulatedEvent, (DateTimeOffset At, long Made)>();
        var (admitted, made) = (0, 0L);
        while (true)
        {
            while (NextTime() >= Opening(admitted) - Shopper.Lead)
            {
                admitted++;
                Await(NewShopper(admitted));
                Expect(PasserBy.Visit(admitted, Opening(admitted - 1), Opening(admitted), options.Seed));
            }

            if (visits.TryPeek(out _, out var visit) && (!events.TryPeek(out _, out var next) || visit.At <= next.At))
            {
                var shopper = visits.Dequeue();
                Expect(shopper.Visit());
                Await(shopper);
            }
            else
            {
                yield return events.Dequeue();
            }
        }

        DateTimeOffset NextTime()
        {
            var visit = visits.TryPeek(out _, out var v) ? v.At : DateTimeOffset.MaxValue;
            var e = events.TryPeek(out _, out var n) ? n.At : DateTimeOffset.MaxValue;
            return visit < e ? visit : e;
        }

        void Await(Shopper shopper)
        {
            if (shopper.NextVisit is { } at)
            {
                visits.Enqueue(shopper, (at, shopper.Number));
            }
        }

        void Expect(IEnumerable<SimulatedEvent> visit)
        {
            foreach (var e in visit)
            {
                if (e.At >= options.Start)
                {
                    events.Enqueue(e, (e.At, made++));
                }
            }
        }
    }

    // The time is divided evenly; one customer comes in each part, at a moment of chance.
    private DateTimeOffset Opening(int customersBefore) =>
        options.Start + ((options.End - options.Start) / options.Customers * customersBefore);

    private Shopper NewShopper(int number)
    {
        var (from, to) = (Opening(number - 1), Opening(number));
        var firstOrder = from + ((to - from) * Chance.Of(options.Seed, number, "arrival").NextDouble());
        return new Shopper(number, Session.WholeMilliseconds(firstOrder), options, _market);
    }
}
