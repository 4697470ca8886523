using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Grains.Tests.Trainings;

/// <summary>Customers of one store, as its journal has them.</summary>
internal sealed class Buyers(IJournal journal, StoreId store, DateOnly today)
{
    private int _customers;

    /// <summary>Adds customers who buy with rates of their own between two days and drop out after one purchase in ten.</summary>
    public async Task AddAsync(int count, DateOnly from, DateOnly until, int seed = 9, int spend = 5_000)
    {
        var random = new Random(seed);
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => AddAsync(Days(random, from, until, spend))));
    }

    /// <summary>Adds a customer with an order on each of these days.</summary>
    private async Task AddAsync(IEnumerable<(DateOnly Day, Money Value)> days)
    {
        var id = CustomerId.OfUser(store, $"c{_customers++}");
        var settings = AnyStore.SettingsOf(store);
        CustomerEvent[] events = [.. days.Select(d => new CustomerEvent
        {
            MessageId = $"{id.Id}-{d.Day:yyyyMMdd}",
            Source = "web",
            Kind = EventKind.OrderCompleted,
            At = new DateTimeOffset(d.Day.ToDateTime(new TimeOnly(16, 0)), TimeSpan.Zero),
            Order = new OrderFacts($"{id.Id}-{d.Day:yyyyMMdd}", d.Value),
        })];
        var summary = CustomerSummary.Of(CustomerState.Fold(events, settings), settings);
        await journal.AppendAsync(new CustomerCommit
        {
            ExpectedSequence = 0,
            Events = [.. events],
            Row = new CustomerRow
            {
                Id = id,
                Sequence = events.Length,
                Summary = summary,
                Contribution = new Contribution(
                    events.Length, today, 0, new SegmentCell(Lifecycle.Active, 1),
                    new SegmentSums { Customers = 1, Orders = summary.Orders }),
            },
        });
    }

    private static List<(DateOnly Day, Money Value)> Days(Random random, DateOnly from, DateOnly until, int spend)
    {
        var rate = .08 * Math.Pow(random.NextDouble(), 2);
        var days = new List<(DateOnly, Money)>();
        for (var day = from.AddDays(random.Next(90)); day <= until; day = day.AddDays(
            1 + (int)Math.Min(10_000, -Math.Log(1 - random.NextDouble()) / rate)))
        {
            days.Add((day, new Money(random.Next(spend / 5, spend * 9 / 5))));
            if (random.NextDouble() < .1)
            {
                break;
            }
        }

        return days;
    }
}
