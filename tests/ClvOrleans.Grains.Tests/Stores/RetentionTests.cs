using ClvOrleans.Contracts;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Storage.DeadLetters;
using ClvOrleans.Storage.Experiments;
using ClvOrleans.Storage.Reviews;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Grains.Tests.Stores;

/// <summary>What a store keeps for 30 days goes after them, and no roll-up changes.</summary>
public sealed class RetentionTests(StoreCluster cluster) : IClassFixture<StoreCluster>
{
    private const string Subject = "experiment/mail";
    private readonly StoreId _store = AnyStore.Forgetful;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => cluster.Time.GetUtcNow();

    [Fact]
    public async Task Each_limit_is_kept_and_roll_ups_stay_as_they_were()
    {
        await WriteAsync("old");
        var exposures = cluster.Service<IExposures>(0);
        cluster.Time.Move(TimeSpan.FromDays(31));
        await WriteAsync("new");
        var before = await SumAsync();
        Assert.Equal((2, 2), (before.Customers, before.Orders));

        await cluster.Grains.GetRefresh(_store).WatchAsync();
        while ((await exposures.ReadAsync(_store, Subject, Cancelled).ToListAsync(Cancelled)).Count > 1)
        {
            await Pause.ShortAsync(); // The round of the day goes on after the call; exposures are its last.
        }

        Assert.Equal("new", Assert.Single(await exposures.ReadAsync(_store, Subject, Cancelled).ToListAsync(Cancelled)).Exposure.Arm);
        var letters = await cluster.Service<IDeadLetters>(0).ListAsync(_store, new DeadLetterQuery(), 0, 9, Cancelled);
        Assert.Equal("new", Assert.Single(letters).MessageId);
        Assert.Equal("held-new", Assert.Single(await cluster.Journal.HeldAsync(_store, ["o-unknown"], Cancelled)).Event.MessageId);
        Assert.Equal("words of new", Assert.Single(await cluster.Service<IReviewTexts>(0).ReadAsync(_store, 9, Cancelled)).Text);
        Assert.Equal(before, await SumAsync());
        Assert.Equal(3, (await cluster.Journal.ReadAsync(CustomerId.OfUser(_store, "old"), 0, Cancelled)).Count);
    }

    // A customer with an order, a review, a refund that waits, something that was refused, and an exposure that is measured for good.
    private async Task WriteAsync(string who)
    {
        var customer = CustomerId.OfUser(_store, who);
        await RecordAsync(
            At(Sent.Order(customer, $"o-{who}", 5_000)), At(Sent.Page(customer, $"p-{who}")),
            At(new RoutedEvent(customer, Sent.Event($"review-{who}", EventKind.ProductReviewed, 0) with
            {
                Rating = 400,
                ReviewText = $"words of {who}",
            })),
            At(Sent.Refund(customer, "o-unknown", 500, $"held-{who}")));
        await cluster.Service<IDeadLetters>(1).AddAsync(
            [new DeadLetter(0, _store, "web", Now, who, "invalid_json", "It is no JSON.", "{"u8.ToArray())], Cancelled);
        var exposure = new Exposure
        {
            Subject = Subject,
            Unit = customer.ToText(),
            Customer = customer,
            Arm = who,
            At = Now,
            Until = AnyStore.SettingsOf(_store).DayOf(Now),
        };
        var exposures = cluster.Service<IExposures>(1);
        await exposures.ExposeAsync(exposure, Cancelled);
        var sequence = (await cluster.Journal.FindTipAsync(customer)).Sequence;
        var outcome = new Outcome { Subject = Subject, Unit = exposure.Unit, Sequence = sequence };
        await exposures.KeepAsync(_store, [new ExposedUnit(exposure, outcome)], DateOnly.MaxValue, Cancelled);
    }

    private RoutedEvent At(RoutedEvent sent) => sent with { Event = sent.Event with { At = Now } };

    private async Task RecordAsync(params RoutedEvent[] events) =>
        Assert.All(await cluster.Router().RecordAsync(events), o => Assert.Equal(OutcomeKind.Recorded, o.Kind));

    // Estimates are renewed as days pass; what customers did is not.
    private async Task<(long Customers, long Orders, Money Historic)> SumAsync()
    {
        var sums = default(SegmentSums);
        for (var shard = 0; shard < UsualShards.Count; shard++)
        {
            sums = (await cluster.Grains.GetShard(_store, shard).SumAsync()).Cells.Values.Aggregate(sums, (all, sum) => all + sum);
        }

        return (sums.Customers, sums.Orders, sums.Historic);
    }
}
