using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;
using CsCheck;

namespace ClvOrleans.Grains.Tests;

/// <summary>Events in any order, some of them again, in batches of any sizes.</summary>
/// <param name="Sent">The events in the order in which they are sent.</param>
/// <param name="Batches">How many go at once, one after the other.</param>
internal sealed record SendingSchedule(RoutedEvent[] Sent, int[] Batches)
{
    /// <summary>Draws one of at most so many different events.</summary>
    public static Gen<SendingSchedule> Of(Gen<RoutedEvent> any, int most) =>
        from events in any.List[1, most]
        let distinct = events.DistinctBy(e => e.Event.Key).ToArray()
        from again in Gen.Int[0, distinct.Length - 1].List[0, 20]
        from sent in Gen.Shuffle((RoutedEvent[])[.. distinct, .. again.Select(i => distinct[i])])
        from batches in Gen.Int[1, 9].Array[most + 20]
        select new SendingSchedule(sent, batches);

    /// <summary>An event in a store.</summary>
    public static RoutedEvent In(StoreId store, RoutedEvent e) =>
        e with { Subject = e.Subject with { Store = store }, Visitor = e.Visitor is { } v ? v with { Store = store } : null };

    /// <summary>Sends them through both silos, and ends the grain of a customer (c0, c1, ...) after each batch.</summary>
    /// <param name="cluster">The silos.</param>
    /// <param name="store">The store.</param>
    /// <param name="customers">How many customers there are.</param>
    /// <param name="between">What is done after a batch, whose size it is given.</param>
    public async Task SendAsync(StoreCluster cluster, StoreId store, int customers, Func<int, Task>? between = null)
    {
        var at = 0;
        foreach (var size in Batches.TakeWhile(_ => at < Sent.Length))
        {
            await cluster.Router(size % 2).RecordAsync([.. Sent.Skip(at).Take(size).Select(e => In(store, e))]);
            at += size;
            await (between?.Invoke(size) ?? Task.CompletedTask);
            await cluster.DeactivateAsync(CustomerId.OfUser(store, $"c{size % customers}"));
        }

        Assert.True(at >= Sent.Length);
    }
}
