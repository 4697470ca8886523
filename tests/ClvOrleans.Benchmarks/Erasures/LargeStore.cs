using System.Globalization;
using ClvOrleans.Benchmarks.Gathering;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Simulation;
using ClvOrleans.Storage.Journal;

namespace ClvOrleans.Benchmarks.Erasures;

/// <summary>
/// A store of any number of customers with the histories of some simulated ones. Ids come in no order, so that rows move between pages as
/// they do in a store that has grown; those of customers who are going to be erased can be found in any file.
/// </summary>
/// <param name="customers">How many customers.</param>
/// <param name="leaving">How many of them are going to be erased.</param>
internal sealed class LargeStore(int customers, int leaving)
{
    /// <summary>What is in all names of those who are erased, and of nobody else.</summary>
    public const string Mark = "leaving";

    private const int Histories = 2_000;

    // Of a million customers few, so that they are written in minutes: what a request takes depends on how many rows there are.
    private readonly int _mostEvents = customers > 200_000 ? 2 : 12;
    private static readonly StoreId Store = SimulatedJournal.Settings.Id;

    /// <summary>The user id of a customer; the first are those who are erased.</summary>
    public string UserOf(int customer)
    {
        var mixed = unchecked((uint)customer * 2_654_435_761u);
        return string.Create(CultureInfo.InvariantCulture, $"{mixed:x8}-{(customer < leaving ? Mark : "staying")}-{customer}");
    }

    /// <summary>Writes all of them; how many events they have.</summary>
    public async Task<long> WriteAsync(IJournal journal)
    {
        var histories = Simulated(_mostEvents);
        var events = 0L;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, customers), new ParallelOptions { MaxDegreeOfParallelism = 128 },
            async (customer, cancelled) =>
            {
                var user = UserOf(customer);
                CustomerEvent[] own = [.. histories[customer % histories.Length].Select((e, i) => Renamed(e, user, i))];
                await journal.AppendAsync(
                    SimulatedJournal.Commit(CustomerId.OfUser(Store, user), own) with
                    {
                        ClaimedOrders = [.. own.Where(e => e.Kind == EventKind.OrderCompleted).Select(e => e.OrderId!).Distinct()],
                    },
                    cancelled);
                Interlocked.Add(ref events, own.Length);
            });
        return events;
    }

    private static CustomerEvent[][] Simulated(int mostEvents)
    {
        var store = new SimulatedStore(
            new SimulatedStoreOptions { Start = SimulatedJournal.Start, Days = 730, Customers = Histories, Seed = 1 });
        return
        [
            .. store.Events().TakeWhile(e => e.At < store.Options.End).Where(e => e.UserId is not null).GroupBy(e => e.UserId)
                .Select(c => c.Take(mostEvents).Select(SimulatedJournal.Read).DistinctBy(e => e.Key).ToArray()),
        ];
    }

    private static CustomerEvent Renamed(CustomerEvent e, string user, int number) => e with
    {
        MessageId = string.Create(CultureInfo.InvariantCulture, $"{user}-{number}"),
        Order = e.Order is { } order ? order with { OrderId = $"{order.OrderId}-{user}" } : null,
        Refund = e.Refund is { OrderId: { } refunded } refund ? refund with { OrderId = $"{refunded}-{user}" } : e.Refund,
    };
}
