using System.Text.Json;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Storage.Deliveries;

namespace ClvOrleans.Storage.Conformance.Deliveries;

/// <summary><see cref="IDeliveries"/>: each delivery once, one writer a shard, what has ended has ended.</summary>
public class DeliveryTests<TEngine> : StoreTests<TEngine>
    where TEngine : IStorageEngine, new()
{
    private static int Shard => Sample.Customer("anna").Shard;

    [Fact]
    public async Task A_delivery_is_kept_whole_and_once_by_its_id()
    {
        var delivery = Sample.Delivery("d", "anna") with
        {
            Decision = new DecisionId(new string('a', 32)),
            Subscription = "crm",
            IsTransactional = true,
            Payload = JsonDocument.Parse("""{"a":[1,"ü"]}""").RootElement,
            ExpiresAt = Sample.Time.AddDays(1),
            Condition = "pAlive < 0.4",
            Goal = "orders > 3",
            GoalAfter = 7,
        };
        await Store.Deliveries.AddAsync(Shop, [delivery]);
        await Store.Deliveries.AddAsync(Shop, [delivery with { Topic = "other" }, Sample.Delivery("e", "anna")]);
        await ReopenAsync();
        var found = (await Store.Deliveries.FindAsync(Shop, delivery.Id))!;
        Assert.True(JsonElement.DeepEquals(delivery.Payload, found.Payload));
        Assert.Equal(delivery with { Payload = default }, found with { Payload = default });
        Assert.Null(await Store.Deliveries.FindAsync(Other, delivery.Id));
        Assert.Equal(2, (await ListAsync(new DeliveryQuery(Shop))).Length);
    }

    [Fact]
    public async Task What_waits_is_due_at_its_time_and_the_longest_first()
    {
        var writer = await Store.Deliveries.TakeAsync(Shop, Shard);
        await Store.Deliveries.AddAsync(
            Shop,
            [
                Sample.Delivery("later", "anna", dueMinutes: 2), Sample.Delivery("soon", "anna", dueMinutes: 1),
                Sample.Delivery("mail", "anna", ActionChannel.Email), Sample.Delivery("now", "anna"),
                Sample.Delivery("elsewhere", "anna", store: Other),
            ]);
        Assert.Equal(Ids("now", "soon"), await DueAsync(writer, 1));
        Assert.Equal(Ids("now"), await DueAsync(writer, 9, limit: 1));
        Assert.Equal(
            Ids("mail", "now"),
            (await Store.Deliveries.ReadDueAsync(Shop, Shard, writer, null, Sample.Time, 9)).Select(d => d.Id).ToArray());
        Assert.Equal([Shard], await Store.Deliveries.FindDueShardsAsync(Shop, Sample.Time));
        Assert.Empty(await Store.Deliveries.FindDueShardsAsync(Shop, Sample.Time.AddMinutes(-1)));
    }

    [Fact]
    public async Task What_another_writer_handed_over_is_due_again_and_what_one_has_in_hand_is_not()
    {
        var first = await Store.Deliveries.TakeAsync(Shop, Shard);
        await Store.Deliveries.AddAsync(Shop, [Sample.Delivery("d", "anna")]);
        Assert.True(await PutAsync(first, Handed("d")));
        Assert.Empty(await DueAsync(first, 9));
        Assert.Equal([Shard], await Store.Deliveries.FindDueShardsAsync(Shop, Sample.Time.AddDays(-1)));
        var second = await Store.Deliveries.TakeAsync(Shop, Shard);
        Assert.Equal(Ids("d"), await DueAsync(second, 0));
        Assert.False(await PutAsync(first, Handed("d") with { State = DeliveryState.Sent }));
        Assert.Equal(DeliveryState.Handed, (await Store.Deliveries.FindAsync(Shop, DeliveryId.Of("d")))!.State);
        Assert.True(await PutAsync(second, Handed("d") with { State = DeliveryState.Sent }));
        Assert.Empty(await Store.Deliveries.FindDueShardsAsync(Shop, Sample.Time.AddDays(9)));
    }

    [Theory]
    [InlineData(DeliveryState.Sent)]
    [InlineData(DeliveryState.Dead)]
    [InlineData(DeliveryState.Cancelled)]
    public async Task What_has_ended_stays_as_it_is(DeliveryState end)
    {
        var writer = await Store.Deliveries.TakeAsync(Shop, Shard);
        var ended = Handed("d") with { State = end, EndedAt = Sample.Time.AddMinutes(3), Reason = "why", MayHaveArrived = true };
        await Store.Deliveries.AddAsync(Shop, [Sample.Delivery("d", "anna")]);
        await PutAsync(writer, ended);
        Assert.True(await PutAsync(writer, Handed("d")));
        var found = (await Store.Deliveries.FindAsync(Shop, ended.Id))!;
        Assert.Equal(ended with { Payload = default }, found with { Payload = default });
        Assert.Empty(await DueAsync(writer, 9));
    }

    [Fact]
    public async Task Nobody_writes_in_a_shard_that_was_not_taken_or_to_a_delivery_of_another_one()
    {
        await Store.Deliveries.AddAsync(Shop, [Sample.Delivery("d", "anna")]);
        Assert.False(await PutAsync(0, Handed("d")));
        var other = (Shard + 1) % 64;
        var writer = await Store.Deliveries.TakeAsync(Shop, other);
        Assert.True(await Store.Deliveries.TryPutAsync(Shop, other, writer, [Handed("d")]));
        Assert.Equal(DeliveryState.Waiting, (await Store.Deliveries.FindAsync(Shop, DeliveryId.Of("d")))!.State);
    }

    [Fact]
    public async Task Of_many_who_take_a_shard_at_once_one_writes()
    {
        await Store.Deliveries.AddAsync(Shop, [Sample.Delivery("d", "anna")]);
        var writers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Store.Deliveries.TakeAsync(Shop, Shard))));
        foreach (var writer in writers)
        {
            Assert.Equal(writer == writers.Max(), await PutAsync(writer, Handed("d")));
        }
    }

    [Fact]
    public async Task Lists_have_what_is_asked_for_the_latest_first_page_by_page()
    {
        var writer = await Store.Deliveries.TakeAsync(Shop, Shard);
        await Store.Deliveries.AddAsync(
            Shop,
            [
                Sample.Delivery("a", "anna"), Sample.Delivery("b", "bob", ActionChannel.Email),
                Sample.Delivery("c", "anna") with { Topic = "news", Subscription = "crm" },
            ]);
        await PutAsync(writer, Handed("a") with { State = DeliveryState.Dead });
        Assert.Equal(Ids("c", "b", "a"), await ListAsync(new DeliveryQuery(Shop)));
        Assert.Equal(Ids("a"), await ListAsync(new DeliveryQuery(Shop, State: DeliveryState.Dead)));
        Assert.Equal(Ids("b"), await ListAsync(new DeliveryQuery(Shop, Channel: ActionChannel.Email)));
        Assert.Equal(Ids("c"), await ListAsync(new DeliveryQuery(Shop, Topic: "news", Subscription: "crm")));
        Assert.Equal(Ids("c", "a"), await ListAsync(new DeliveryQuery(Shop, Customers: [Sample.Customer("anna")])));
        Assert.Empty(await ListAsync(new DeliveryQuery(Shop, Customers: [])));
        var first = await Store.Deliveries.ListAsync(new DeliveryQuery(Shop), long.MaxValue, 2);
        var second = await Store.Deliveries.ListAsync(new DeliveryQuery(Shop), first[^1].Number, 2);
        Assert.Equal(Ids("a"), second.Select(d => d.Delivery.Id));
    }

    [Fact]
    public async Task Counts_are_by_channel_state_and_the_reason_of_what_was_cancelled()
    {
        var writer = await Store.Deliveries.TakeAsync(Shop, Shard);
        await Store.Deliveries.AddAsync(Shop, [.. "abcd".Select(c => Sample.Delivery($"{c}", "anna"))]);
        await PutAsync(writer, Handed("a") with { State = DeliveryState.Cancelled, Reason = "consent" });
        await PutAsync(writer, Handed("b") with { State = DeliveryState.Cancelled, Reason = "goal" });
        await PutAsync(writer, Handed("c") with { State = DeliveryState.Dead, Reason = "500" });
        Assert.Equal(
            [
                new DeliveryCount(ActionChannel.Webhook, DeliveryState.Waiting, null, 1),
                new(ActionChannel.Webhook, DeliveryState.Dead, null, 1),
                new(ActionChannel.Webhook, DeliveryState.Cancelled, "consent", 1),
                new(ActionChannel.Webhook, DeliveryState.Cancelled, "goal", 1),
            ],
            await Store.Deliveries.CountAsync(Shop));
    }

    [Fact]
    public async Task The_times_of_hand_overs_are_told_for_the_rate()
    {
        var writer = await Store.Deliveries.TakeAsync(Shop, Shard);
        await Store.Deliveries.AddAsync(Shop, [Sample.Delivery("a", "anna"), Sample.Delivery("b", "anna"), Sample.Delivery("c", "anna")]);
        await PutAsync(writer, Handed("b") with { HandedAt = Sample.Time.AddSeconds(2) }, Handed("a"));
        Assert.Equal(
            [Sample.Time, Sample.Time.AddSeconds(2)], await Store.Deliveries.ReadHandedAsync(Shop, ActionChannel.Webhook, Sample.Time));
        Assert.Single(await Store.Deliveries.ReadHandedAsync(Shop, ActionChannel.Webhook, Sample.Time.AddSeconds(1)));
        Assert.Empty(await Store.Deliveries.ReadHandedAsync(Shop, ActionChannel.Email, Sample.Time));
    }

    [Fact]
    public async Task The_dead_are_sent_again_under_their_ids_and_only_they()
    {
        var writer = await Store.Deliveries.TakeAsync(Shop, Shard);
        await Store.Deliveries.AddAsync(Shop, [.. "abc".Select(c => Sample.Delivery($"{c}", "anna"))]);
        await PutAsync(writer, [.. "ab".Select(c => Handed($"{c}") with { State = DeliveryState.Dead, Attempts = 15 })]);
        await PutAsync(writer, Handed("c") with { State = DeliveryState.Sent });
        var now = Sample.Time.AddDays(1);
        Assert.False(await Store.Deliveries.ReviveAsync(Shop, DeliveryId.Of("c"), now));
        Assert.True(await Store.Deliveries.ReviveAsync(Shop, DeliveryId.Of("a"), now));
        Assert.False(await Store.Deliveries.ReviveAsync(Shop, DeliveryId.Of("a"), now));
        Assert.Equal(1, await Store.Deliveries.ReviveAsync(new DeliveryQuery(Shop, Topic: "win-back"), now));
        Assert.Equal(0, await Store.Deliveries.ReviveAsync(new DeliveryQuery(Shop), now));
        var again = (await Store.Deliveries.FindAsync(Shop, DeliveryId.Of("a")))!;
        Assert.Equal((DeliveryState.Waiting, 0, now), (again.State, again.Attempts, again.NextAt));
    }

    [Fact]
    public async Task What_ended_long_ago_is_removed_but_for_what_audiences_and_slots_hold()
    {
        var writer = await Store.Deliveries.TakeAsync(Shop, Shard);
        Delivery[] all =
        [
            .. "abcdefg".Select(c => Sample.Delivery($"{c}", "anna", c < 'e' ? ActionChannel.Webhook : ActionChannel.Slot) with
            {
                ExpiresAt = c == 'f' ? Sample.Time.AddDays(1) : c == 'g' ? Sample.Time.AddDays(9) : null,
            }),
        ];
        await Store.Deliveries.AddAsync(Shop, [.. all, Sample.Delivery("open", "anna"), Sample.Delivery("a", "anna", store: Other)]);
        await PutAsync(writer, [.. all.Select((d, i) => d with
        {
            State = i < 4 ? (DeliveryState)(2 + (i % 3)) : DeliveryState.Sent,
            EndedAt = Sample.Time.AddDays(i == 3 ? 3 : 0),
            HandedAt = Sample.Time,
        })]);
        var before = Sample.Time.AddDays(2);
        Assert.Equal(4, await Store.Deliveries.PruneAsync(Shop, before));
        Assert.Equal(0, await Store.Deliveries.PruneAsync(Shop, before));
        Assert.Equal(Ids("open", "g", "e", "d"), await ListAsync(new DeliveryQuery(Shop)));
        Assert.NotNull(await Store.Deliveries.FindAsync(Other, DeliveryId.Of("a")));
    }

    private static Delivery Handed(string name) =>
        Sample.Delivery(name, "anna") with { State = DeliveryState.Handed, Attempts = 1, HandedAt = Sample.Time };

    private static DeliveryId[] Ids(params string[] names) => [.. names.Select(n => DeliveryId.Of(n))];

    private Task<bool> PutAsync(long writer, params Delivery[] deliveries) => Store.Deliveries.TryPutAsync(Shop, Shard, writer, deliveries);

    private async Task<DeliveryId[]> DueAsync(long writer, int minutes, int limit = 100) =>
    [
        .. (await Store.Deliveries.ReadDueAsync(Shop, Shard, writer, ActionChannel.Webhook, Sample.Time.AddMinutes(minutes), limit))
            .Select(d => d.Id),
    ];

    private async Task<DeliveryId[]> ListAsync(DeliveryQuery query) =>
        [.. (await Store.Deliveries.ListAsync(query, long.MaxValue, 100)).Select(d => d.Delivery.Id)];
}
