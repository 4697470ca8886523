using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ClvOrleans.Contracts;
using ClvOrleans.Contracts.Trainings;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Recommendations.Baskets;
using ClvOrleans.Recommendations.Catalogues;
using ClvOrleans.Storage.Journal;

namespace ClvOrleans.Grains.Trainings;

/// <inheritdoc cref="ITrainingShardGrain" />
/// <remarks>
/// It keeps nothing: where it is activated is where the folding is done, so that they spread a training over all silos. The events of
/// one customer are in memory at a time.
/// </remarks>
[GrainType("trainingshard")]
public sealed class TrainingShardGrain(IEventHistory history, IStores stores) : Grain, ITrainingShardGrain
{
    // Between these others have their turn, and the caller is told that it goes on.
    private const int MostInSilence = 500;

    /// <inheritdoc />
    public async IAsyncEnumerable<AsOfSnapshotsReply> CollectAsync(
        ImmutableArray<DateOnly> days, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var store = stores.Find(GrainKeys.ToStore(this.GetPrimaryKeyString()));
        var silent = 0;
        await foreach (var (customer, events) in CustomersAsync(cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            if (CustomerTimeline.Of(customer, events, store).Pack(days) is { HasBought: true } snapshots)
            {
                silent = 0;
                yield return new AsOfSnapshotsReply(snapshots);
            }
            else if (++silent % MostInSilence == 0)
            {
                await Task.Yield();
            }
        }
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<BasketsReply> BasketsAsync(
        DateOnly until, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var store = stores.Find(GrainKeys.ToStore(this.GetPrimaryKeyString()));
        var silent = 0;
        await foreach (var (customer, events) in CustomersAsync(cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            var (state, baskets) = (new CustomerState(), new CustomerBaskets());
            foreach (var e in events.Where(e => e.OrderId is not null && store.DayOf(e.At) <= until).DistinctBy(e => e.Key))
            {
                baskets.Apply(e, state, store);
            }

            if (baskets.History.Days.Count > 0)
            {
                silent = 0;
                var products = new CatalogueBuilder();
                foreach (var order in state.Orders.Values)
                {
                    products.Add(order);
                }

                yield return new BasketsReply(customer, BasketFormat.Write(baskets.History), [.. products.Seen.Select(SoldOf)]);
            }
            else if (++silent % MostInSilence == 0)
            {
                await Task.Yield();
            }
        }
    }

    private static SoldProduct SoldOf(SeenProduct p) => new(
        p.Id, p.Category, p.CategoryAt.ToUnixTimeMilliseconds(), (long?)p.Price?.Minor, p.PriceAt.ToUnixTimeMilliseconds());

    // The list is used again for the next customer.
    private async IAsyncEnumerable<(CustomerId Customer, IReadOnlyList<CustomerEvent> Events)> CustomersAsync(
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var key = this.GetPrimaryKeyString();
        var (present, events) = (default(CustomerId), new List<CustomerEvent>());
        await foreach (var (customer, e) in history.ReadAsync(GrainKeys.ToStore(key), GrainKeys.ToShard(key), cancellation))
        {
            if (customer != present && events.Count > 0)
            {
                yield return (present, events);
                events.Clear();
            }

            present = customer;
            events.Add(e);
        }

        if (events.Count > 0)
        {
            yield return (present, events);
        }
    }
}
