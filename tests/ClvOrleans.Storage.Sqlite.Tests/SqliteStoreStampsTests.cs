using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Stamps;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Storage.Sqlite.Tests;

public sealed class SqliteStoreStampsTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly StoreStamp Stamp = new(new StoreId("shop"), "USD", "UTC", 3_000, 365, .1);

    [Fact]
    public async Task Each_change_of_a_stamp_puts_the_champion_in_force_again_and_the_same_stamp_does_not()
    {
        var options = new SqliteOptions { Path = Path.Combine(Directory.CreateTempSubdirectory("clv-").FullName, "clv.db") };
        var database = new SqliteDatabase(options);
        await using var writer = new SqliteWriter(database, options);
        var (stamps, registry) = (new SqliteStoreStamps(database, writer), new SqliteRegistry(database, writer));
        Assert.Empty(await stamps.ReadAsync());
        Assert.Empty(await stamps.FindStoresAsync());

        await stamps.WriteAsync(Stamp, At);
        await stamps.WriteAsync(Stamp, At);
        Assert.Equal([Stamp], await stamps.ReadAsync());
        Assert.Empty(await registry.PromotionsAsync(Stamp.Store));

        await stamps.WriteAsync(Stamp with { MarginBasisPoints = 9_000 }, At);
        await stamps.WriteAsync(Stamp with { MarginBasisPoints = 9_000, AnnualDiscountRate = 1.0 / 3 }, At.AddDays(1));
        Assert.Equal([Stamp with { MarginBasisPoints = 9_000, AnnualDiscountRate = 1.0 / 3 }], await stamps.ReadAsync());
        Assert.Equal(
            [new Promotion(2, "prior", At.AddDays(1), PromotionCause.Settings), new Promotion(1, "prior", At, PromotionCause.Settings)],
            await registry.PromotionsAsync(Stamp.Store));
        await Assert.ThrowsAsync<InvalidOperationException>(() => registry.RollBackAsync(Stamp.Store, At.AddDays(2)));
    }

    [Fact]
    public async Task A_store_whose_only_event_waits_for_its_order_has_events()
    {
        await using var store = new TestStore();
        var stamps = new SqliteStoreStamps(store.Database, store.Writer);
        var refund = new CustomerEvent
        {
            MessageId = "r1",
            Source = "web",
            Kind = EventKind.OrderRefunded,
            At = At,
            Refund = new RefundFacts("o1", new Money(500)),
        };
        Assert.Null(await store.Journal.HoldAsync(new HeldEvent(Commits.Customer("anna"), refund)));
        Assert.Equal([Commits.Customer("anna").Store], await stamps.FindStoresAsync());
    }
}
