using ClvOrleans.Domain.Customers;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Stamps;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Storage.Conformance.Stores;

/// <summary><see cref="IStoreStamps"/>: the settings that a journal was filled with.</summary>
public class StampTests<TEngine> : StoreTests<TEngine>
    where TEngine : IStorageEngine, new()
{
    private static readonly DateTimeOffset At = Sample.Time;
    private static readonly StoreStamp Stamp = new(Shop, "USD", "UTC", 3_000, 365, .1);

    [Fact]
    public async Task Each_change_of_a_stamp_promotes_the_champion_again_and_the_same_stamp_does_not()
    {
        Assert.Empty(await Store.Stamps.ReadAsync());
        Assert.Empty(await Store.Stamps.FindStoresAsync());

        await Store.Stamps.WriteAsync(Stamp, At);
        await Store.Stamps.WriteAsync(Stamp, At);
        Assert.Equal([Stamp], await Store.Stamps.ReadAsync());
        Assert.Empty(await Store.Registry.PromotionsAsync(Shop));

        await Store.Stamps.WriteAsync(Stamp with { MarginBasisPoints = 9_000 }, At);
        await Store.Stamps.WriteAsync(Stamp with { MarginBasisPoints = 9_000, AnnualDiscountRate = 1.0 / 3 }, At.AddDays(1));
        Assert.Equal([Stamp with { MarginBasisPoints = 9_000, AnnualDiscountRate = 1.0 / 3 }], await Store.Stamps.ReadAsync());
        Assert.Equal(
            [new Promotion(2, "prior", At.AddDays(1), PromotionCause.Settings), new Promotion(1, "prior", At, PromotionCause.Settings)],
            await Store.Registry.PromotionsAsync(Shop));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.Registry.RollBackAsync(Shop, At.AddDays(2)));
    }

    [Fact]
    public async Task A_store_whose_only_event_waits_for_its_order_has_events()
    {
        Assert.Null(await Store.Journal.HoldAsync(new HeldEvent(Sample.Customer("anna"), Sample.Refund("r1", "o1"))));
        Assert.Equal([Shop], await Store.Stamps.FindStoresAsync());
        await Store.Journal.AppendAsync(Sample.Commit(CustomerId.OfUser(Other, "x"), 0, "m"));
        Assert.Equal([Other, Shop], (await Store.Stamps.FindStoresAsync()).OrderBy(s => s.Value, StringComparer.Ordinal));
    }
}
