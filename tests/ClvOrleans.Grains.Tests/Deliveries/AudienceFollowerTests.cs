using System.Collections.Concurrent;
using System.Globalization;
using ClvOrleans.Contracts;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Grains.Tests.Policies;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Storage.Deliveries;
using ClvOrleans.Storage.Sql;

namespace ClvOrleans.Grains.Tests.Deliveries;

/// <summary>An audience outside is told who comes into an audience of policies and leaves it: in order, and each once.</summary>
public sealed class AudienceFollowerTests(DeliveryCluster cluster) : IClassFixture<DeliveryCluster>
{
    private readonly PolicyStore _store = new(cluster);
    private readonly ConcurrentQueue<string> _told = new();

    private CustomerId Anna => _store.Customer("anna");

    [Fact]
    public async Task Adds_and_removes_follow_what_is_sent_consents_and_merges()
    {
        await StartAsync();
        await cluster.ConsentAsync(Anna, true, "audience");
        await JoinAsync(Anna);
        await RoundAsync();
        Assert.Equal(["added anna 1"], _told);

        await cluster.ConsentAsync(Anna, false, "audience");
        await RoundAsync();
        cluster.Time.Advance(TimeSpan.FromMinutes(1));
        await cluster.ConsentAsync(Anna, true, "audience");
        await RoundAsync();
        Assert.Equal(["added anna 1", "removed anna 2", "added anna 3"], _told);

        // What was sent for a visitor holds the customer whom they become.
        var (visitor, bea) = (CustomerId.OfVisitor(_store.Id, "v1"), _store.Customer("bea"));
        await cluster.ConsentAsync(visitor, true, "audience");
        await JoinAsync(visitor);
        await RoundAsync();
        await _store.RecordAsync(Sent.Identify(bea, visitor, "identify"));
        await RoundAsync();
        await RoundAsync();
        Assert.Equal(["added bea 1", "added v1 1", "removed v1 2"], _told.Skip(3).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_told_waits_for_the_attempts_of_what_was_told_before()
    {
        await StartAsync();
        var fails = 2;
        cluster.Mailbox.Answer = delivery => Task.FromResult<Grains.Deliveries.SendResult?>(
            Interlocked.Decrement(ref fails) >= 0 ? Grains.Deliveries.SendResult.Again("busy") : Hear(delivery));
        await cluster.ConsentAsync(Anna, true, "audience");
        await JoinAsync(Anna);
        await RoundAsync();
        await cluster.ConsentAsync(Anna, false, "audience");
        await RoundAsync();
        Assert.Empty(_told);
        for (var minute = 0; minute < 3; minute++)
        {
            cluster.Time.Advance(TimeSpan.FromMinutes(1));
            await RoundAsync();
        }

        // The consent was gone when the add was asked again: it is not sent, and the remove forgets what may have arrived.
        Assert.Equal(["removed anna 2"], _told);
    }

    private async Task StartAsync()
    {
        cluster.Mailbox.Answer = delivery => Task.FromResult(Hear(delivery));
        await _store.DefineAsync("ads", """
            "do": { "channel": "audience", "topic": "ads", "cost": 0, "effect": { "amount": 1 } }, "budget": { "amount": 0 },
            "holdout": 0, "exploration": 0, "reentry": "always"
            """);
        Assert.True(await new SqlSubscriptions(cluster.Service<ISqlDatabase>(0)).TryPutAsync(_store.Id, new Subscription
        {
            Id = "platform",
            Url = new Uri("https://ads.example/hook"),
            Topics = ["audience/ads"],
            Secrets = [WebhookSignature.NewSecret()],
            Since = cluster.Time.GetUtcNow(),
        }));
    }

    private Grains.Deliveries.SendResult? Hear(Delivery delivery)
    {
        var (type, number) = (delivery.Payload.GetProperty("type").GetString()!, delivery.Payload.GetProperty("number").GetInt64());
        _told.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{type.Split('.')[1]} {delivery.Customer.Id} {number}"));
        return null;
    }

    private async Task JoinAsync(CustomerId customer)
    {
        await _store.PageAsync(customer);
        await _store.SettleAsync();
        await cluster.SettleAsync(_store.Id);
    }

    // As the watch of the service does: every shard, until what it finds is sent.
    private async Task RoundAsync()
    {
        for (var look = 0; look < 2; look++)
        {
            await Task.WhenAll(
                Enumerable.Range(0, UsualShards.Count).Select(s => cluster.Grains.GetDeliveries(_store.Id, s).SettleAsync()));
        }
    }
}
