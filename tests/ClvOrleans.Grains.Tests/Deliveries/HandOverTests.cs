using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Grains.Deliveries;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Storage.Deliveries;

namespace ClvOrleans.Grains.Tests.Deliveries;

/// <summary>A delivery is asked of its customer in their turn: what was true when it was decided may be so no longer.</summary>
public abstract class HandOverTests(DeliveryCluster cluster)
{
    private readonly StoreId _store = Begin(cluster);

    private CustomerId Anna => CustomerId.OfUser(_store, "anna");

    private CustomerId Visitor => CustomerId.OfVisitor(_store, "a1b2");

    [Fact]
    public async Task With_consent_it_is_sent_and_told_as_a_fact_of_the_customer()
    {
        await cluster.ConsentAsync(Anna, true);
        var sent = await DeliverAsync(cluster.New(Anna));
        Assert.Equal((DeliveryState.Sent, 1, 1), (sent.State, sent.Attempts, cluster.Mailbox.Arrived[sent.Id]));
        var told = (await cluster.Journal.ReadAsync(Anna, 0)).Select(e => e.Event).Single(e => e.Kind == EventKind.MessageSent);
        Assert.Equal((DeliveryRun.Source, new MessageFacts("webhook", sent.Id.Value)), (told.Source, told.Message));
    }

    // mautic #4681, #6405: whenever the consent was withdrawn, nothing leaves, it is closed once, and a later consent does not revive it.
    [Theory]
    [InlineData("marketing")]
    [InlineData("webhook")]
    [InlineData("webhook/win-back")]
    public async Task A_withdrawn_consent_closes_it_once(string purpose)
    {
        await cluster.ConsentAsync(Anna, true);
        await cluster.AddAsync(cluster.New(Anna));
        await cluster.ConsentAsync(Anna, false, purpose);
        await cluster.SettleAsync(_store);
        cluster.Time.Advance(TimeSpan.FromHours(1));
        await cluster.ConsentAsync(Anna, true, purpose);
        await cluster.SettleAsync(_store);
        await StoppedAsync(cluster.New(Anna), DeliveryReasons.Consent);
    }

    [Fact]
    public async Task A_consent_that_is_withdrawn_between_attempts_stops_the_next_one()
    {
        cluster.Mailbox.Answer = async d =>
        {
            await cluster.ConsentAsync(d.Customer, false);
            return SendResult.Again("busy");
        };
        await cluster.ConsentAsync(Anna, true);
        await cluster.AddAsync(cluster.New(Anna));
        await cluster.FinishAsync(_store);
        var ended = await cluster.FindAsync(cluster.New(Anna));
        Assert.Equal((DeliveryState.Cancelled, DeliveryReasons.Consent, 1), (ended.State, ended.Reason, ended.Attempts));
        Assert.Equal(1, cluster.Mailbox.Arrived[ended.Id]);
    }

    [Fact]
    public async Task Without_any_consent_nothing_is_sent_but_what_an_order_needs()
    {
        await cluster.RecordAsync(Sent.Page(Anna, "p"));
        Assert.Equal(DeliveryReasons.Consent, (await DeliverAsync(cluster.New(Anna))).Reason);
        Assert.Equal(DeliveryState.Sent, (await DeliverAsync(cluster.New(Anna, "order") with { IsTransactional = true })).State);
        Assert.Equal(DeliveryReasons.Unknown, (await DeliverAsync(cluster.New(CustomerId.OfUser(_store, "nobody")))).Reason);
    }

    // dittofeed #1463, #1596.
    [Theory]
    [InlineData(0)]
    [InlineData(-100)]
    public async Task An_order_that_arrives_before_the_hand_over_cancels_it_whatever_its_time(int day)
    {
        await cluster.RecordAsync(cluster.ConsentOf(Anna, true), Sent.Order(Anna, $"{_store}-old", 500));
        await cluster.AddAsync(cluster.New(Anna) with { GoalAfter = 2 });
        await cluster.RecordAsync(Sent.Order(Anna, $"{_store}-new", 500, day));
        await cluster.SettleAsync(_store);
        await StoppedAsync(cluster.New(Anna), DeliveryReasons.Goal);
    }

    [Fact]
    public async Task Orders_that_were_known_or_come_later_do_not_cancel_it()
    {
        await cluster.RecordAsync(cluster.ConsentOf(Anna, true), Sent.Order(Anna, $"{_store}-old", 500));
        var known = cluster.New(Anna) with { GoalAfter = 2 };
        await cluster.AddAsync(known);
        await cluster.RecordAsync(
            Sent.Page(Anna, "p"), new RoutedEvent(Anna, Sent.Order(Anna, $"{_store}-gone", 500, message: "x").Event),
            new RoutedEvent(Anna, Sent.Event("y", EventKind.OrderCancelled, 1) with { Order = new OrderFacts($"{_store}-gone") }));
        await cluster.SettleAsync(_store);
        await cluster.RecordAsync(Sent.Order(Anna, $"{_store}-new", 500));
        await cluster.SettleAsync(_store);
        Assert.Equal(DeliveryState.Sent, (await cluster.FindAsync(known)).State);
    }

    // It is part of what the policy did, so that it stays in its arm; and nobody wonders why a mail went to somebody who had just bought.
    [Theory]
    [InlineData(0, DeliveryReasons.HadBought)]
    [InlineData(-100, DeliveryReasons.HadBought)]
    [InlineData(1, null)]
    public async Task An_order_of_before_the_hand_over_that_arrives_after_it_is_kept_as_already_bought(int day, string? reason)
    {
        await cluster.ConsentAsync(Anna, true);
        cluster.Time.Advance(TimeSpan.FromSeconds(1));
        var sent = await DeliverAsync(cluster.New(Anna) with { GoalAfter = 1 });
        Assert.Equal((DeliveryState.Sent, null), (sent.State, sent.Reason));
        await cluster.RecordAsync(Order(day));
        var after = await cluster.FindAsync(sent);
        Assert.Equal((DeliveryState.Sent, reason, 1), (after.State, after.Reason, cluster.Mailbox.Arrived[sent.Id]));
        Assert.Equal(
            [new DeliveryCount(ActionChannel.Webhook, DeliveryState.Sent, reason, 1)], await cluster.Deliveries.CountAsync(_store));

        RoutedEvent Order(int days) => new(Anna, Sent.Event("late", EventKind.OrderCompleted, 0) with
        {
            At = sent.HandedAt!.Value.AddDays(days),
            Order = new OrderFacts($"{_store}-late", new Domain.Currencies.Money(500)),
        });
    }

    [Fact]
    public async Task So_is_one_that_comes_to_light_when_the_recipient_becomes_another_customer()
    {
        await cluster.ConsentAsync(Visitor, true);
        cluster.Time.Advance(TimeSpan.FromSeconds(1));
        var sent = await DeliverAsync(cluster.New(Visitor) with { GoalAfter = 1 });
        await cluster.RecordAsync(Sent.Identify(Anna, Visitor, "i"), Sent.Order(Anna, $"{_store}-late", 500));
        var after = await cluster.FindAsync(sent);
        Assert.Equal((DeliveryState.Sent, DeliveryReasons.HadBought), (after.State, after.Reason));
    }

    // What is on its way when the order arrives is marked too, and stays so when it has arrived.
    [Fact]
    public async Task An_order_that_arrives_while_it_is_on_its_way_marks_it()
    {
        await cluster.ConsentAsync(Anna, true);
        cluster.Time.Advance(TimeSpan.FromSeconds(1));
        cluster.Mailbox.Answer = async _ =>
        {
            await cluster.RecordAsync(Sent.Order(Anna, $"{_store}-late", 500));
            return null;
        };
        var sent = await DeliverAsync(cluster.New(Anna) with { GoalAfter = 1 });
        Assert.Equal((DeliveryState.Sent, DeliveryReasons.HadBought), (sent.State, sent.Reason));
    }

    [Theory]
    [InlineData("orders = 1", null, null)]
    [InlineData("orders > 1", null, DeliveryReasons.Condition)]
    [InlineData("meanRating > 1", null, DeliveryReasons.Condition)] // Not known: it does not hold.
    [InlineData(null, "orders >= 1", DeliveryReasons.Goal)]
    [InlineData(null, "orders > 1", null)]
    public async Task Condition_and_goal_are_asked_again(string? condition, string? goal, string? reason)
    {
        await cluster.RecordAsync(cluster.ConsentOf(Anna, true), Sent.Order(Anna, $"{_store}-1", 500));
        Assert.Equal(reason, (await DeliverAsync(cluster.New(Anna) with { Condition = condition, Goal = goal })).Reason);
    }

    // mautic #7665: the end of quiet hours is the time at which it is due.
    [Fact]
    public async Task It_is_held_until_it_is_due()
    {
        await cluster.ConsentAsync(Anna, true);
        var due = cluster.Time.GetUtcNow().AddHours(8);
        var held = cluster.New(Anna) with { DueAt = due, NextAt = due };
        Assert.Equal(DeliveryState.Waiting, (await DeliverAsync(held)).State);
        cluster.Time.Advance(TimeSpan.FromHours(8) - TimeSpan.FromMilliseconds(1));
        await cluster.SettleAsync(_store);
        Assert.False(cluster.Mailbox.Arrived.ContainsKey(held.Id));
        cluster.Time.Advance(TimeSpan.FromMilliseconds(1));
        await cluster.SettleAsync(_store);
        Assert.Equal(DeliveryState.Sent, (await cluster.FindAsync(held)).State);
    }

    [Fact]
    public async Task What_has_expired_is_not_sent()
    {
        await cluster.ConsentAsync(Anna, true);
        Assert.Equal(DeliveryReasons.Expired, (await DeliverAsync(cluster.New(Anna) with { ExpiresAt = cluster.Time.GetUtcNow() })).Reason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_the_customer_has_become_is_asked(bool isGranted)
    {
        await cluster.ConsentAsync(Visitor, true);
        var delivery = cluster.New(Visitor);
        await cluster.AddAsync(delivery);
        cluster.Time.Advance(TimeSpan.FromMinutes(1));
        await cluster.ConsentAsync(Anna, isGranted);
        await cluster.RecordAsync(Sent.Identify(Anna, Visitor, "i"));
        await cluster.SettleAsync(_store);
        Assert.Equal(isGranted ? DeliveryState.Sent : DeliveryState.Cancelled, (await cluster.FindAsync(delivery)).State);
        if (isGranted)
        {
            Assert.Contains(await cluster.Journal.ReadAsync(Anna, 0), e => e.Event.Kind == EventKind.MessageSent);
        }
    }

    // mautic #9190, useSend #337, listmonk #1460.
    [Fact]
    public async Task A_hard_bounce_suppresses_that_address_at_once_and_no_other()
    {
        await cluster.RecordAsync(cluster.ConsentOf(Anna, true), Address("old@b.example", "t1"));
        cluster.Mailbox.Answer = _ => Task.FromResult<SendResult?>(SendResult.Failed("550", BounceKind.Hard));
        var bounced = await DeliverAsync(cluster.New(Anna, "1", ActionChannel.Email));
        Assert.Equal((DeliveryState.Dead, "old@b.example"), (bounced.State, cluster.Mailbox.Addresses[bounced.Id]));
        cluster.Mailbox.Answer = _ => Task.FromResult<SendResult?>(null);
        Assert.Equal(DeliveryReasons.Suppressed, (await DeliverAsync(cluster.New(Anna, "2", ActionChannel.Email))).Reason);
        Assert.Equal(DeliveryState.Sent, (await DeliverAsync(cluster.New(Anna, "3"))).State);
        await cluster.RecordAsync(Address("NEW@b.example", "t2"));
        var sent = await DeliverAsync(cluster.New(Anna, "4", ActionChannel.Email));
        Assert.Equal((DeliveryState.Sent, "new@b.example"), (sent.State, cluster.Mailbox.Addresses[sent.Id]));
    }

    [Fact]
    public async Task An_email_needs_an_address()
    {
        await cluster.ConsentAsync(Anna, true);
        Assert.Equal(DeliveryReasons.Address, (await DeliverAsync(cluster.New(Anna, channel: ActionChannel.Email))).Reason);
    }

    // Each test begins with a mailbox that accepts everything.
    private static StoreId Begin(DeliveryCluster cluster)
    {
        cluster.Mailbox.Answer = _ => Task.FromResult<SendResult?>(null);
        return cluster.NewStore();
    }

    private RoutedEvent Address(string address, string message) =>
        new(Anna, Sent.Event(message, EventKind.Identified, message == "t1" ? 0 : 1) with
        {
            Traits = System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add("email", address),
        });

    private async Task<Delivery> DeliverAsync(Delivery delivery)
    {
        await cluster.AddAsync(delivery);
        await cluster.SettleAsync(_store);
        return await cluster.FindAsync(delivery);
    }

    private async Task StoppedAsync(Delivery delivery, string reason)
    {
        var ended = await cluster.FindAsync(delivery);
        Assert.Equal((DeliveryState.Cancelled, reason, 0), (ended.State, ended.Reason, ended.Attempts));
        Assert.False(cluster.Mailbox.Arrived.ContainsKey(delivery.Id));
    }
}
