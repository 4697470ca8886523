using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Policies;

namespace ClvOrleans.Storage.Conformance.Deliveries;

/// <summary><see cref="IDeliveries.HandOverAsync"/>: what holds for the policy and its limits is asked in the same transaction.</summary>
public class HandOverTests<TEngine> : StoreTests<TEngine>
    where TEngine : IStorageEngine, new()
{
    private static readonly CustomerId Anna = Sample.Customer("anna");
    private static readonly DateOnly Day = new(2026, 3, 1);

    [Theory]
    [InlineData(PolicyMode.Live, false, HandOverResult.Handed)]
    [InlineData(PolicyMode.Live, true, HandOverResult.Held)]
    [InlineData(PolicyMode.Paused, false, HandOverResult.Held)]
    [InlineData(PolicyMode.Shadow, false, HandOverResult.Held)]
    [InlineData(PolicyMode.Stopped, false, HandOverResult.Ended)]
    [InlineData(PolicyMode.Stopped, true, HandOverResult.Ended)]
    [InlineData(null, false, HandOverResult.Ended)]
    [InlineData(null, true, HandOverResult.Ended)]
    public async Task The_mode_and_the_kill_switch_say_whether_it_goes(PolicyMode? mode, bool isKilled, HandOverResult result)
    {
        await LiveAsync();
        var delivery = Of("d");
        await Store.Deliveries.AddAsync(Shop, [delivery, Of("later") with { NextAt = Sample.Time.AddDays(1) }]);
        var writer = await Store.Deliveries.TakeAsync(Shop, Anna.Shard);
        Assert.Equal([delivery.Id], await DueAsync(writer));
        await SetAsync(mode, isKilled);

        DeliveryId[] due = result == HandOverResult.Ended ? [delivery.Id, DeliveryId.Of("later")]
            : result == HandOverResult.Held ? []
            : [delivery.Id];
        Assert.Equal(due, await DueAsync(writer));
        Assert.Equal(due.Length == 0 ? [] : [Anna.Shard], await Store.Deliveries.FindDueShardsAsync(Shop, Sample.Time));
        Assert.Equal(result, await HandOverAsync(writer, delivery));
        var kept = await FindAsync(delivery);
        Assert.Equal(
            result switch
            {
                HandOverResult.Handed => (DeliveryState.Handed, 1, null),
                HandOverResult.Held => (DeliveryState.Waiting, 0, null),
                _ => (DeliveryState.Cancelled, 0, DeliveryReasons.Stopped),
            },
            (kept.State, kept.Attempts, kept.Reason));
        Assert.Equal(HandOverResult.Fenced, await HandOverAsync(writer - 1, delivery));
    }

    [Theory]
    [InlineData(PolicyMode.Live, true)]
    [InlineData(PolicyMode.Paused, false)]
    [InlineData(PolicyMode.Stopped, false)]
    public async Task Once_a_kill_switch_or_a_pause_is_acknowledged_nothing_under_way_is_handed_over(PolicyMode mode, bool isKilled)
    {
        await LiveAsync();
        var all = Enumerable.Range(0, 60).Select(i => Sample.Delivery($"d{i}", $"c{i}") with { Policy = SamplePolicies.Id }).ToArray();
        await Store.Deliveries.AddAsync(Shop, all);
        var writers = new Dictionary<int, long>();
        foreach (var shard in all.Select(d => d.Customer.Shard).Distinct())
        {
            writers[shard] = await Store.Deliveries.TakeAsync(Shop, shard);
        }

        var underWay = all.Select(d => Task.Run(() => HandOverAsync(writers[d.Customer.Shard], d))).ToArray();
        await Task.WhenAny(underWay);
        await SetAsync(mode, isKilled);
        var handed = await CountHandedAsync();
        var results = await Task.WhenAll(underWay);
        Assert.Equal((handed, handed), (await CountHandedAsync(), results.Count(r => r == HandOverResult.Handed)));
    }

    [Fact]
    public async Task What_has_ended_or_is_elsewhere_is_not_handed_over_and_what_a_subscription_is_told_asks_no_policy()
    {
        await SetTermsAsync(PolicyTerms.Default with { IsStopped = true });
        var told = Sample.Delivery("told", "anna");
        await Store.Deliveries.AddAsync(Shop, [told]);
        var writer = await Store.Deliveries.TakeAsync(Shop, Anna.Shard);
        Assert.Equal(HandOverResult.Handed, await HandOverAsync(writer, told));
        await Store.Deliveries.TryPutAsync(Shop, Anna.Shard, writer, [told with { State = DeliveryState.Sent }]);
        Assert.Equal(HandOverResult.Ended, await HandOverAsync(writer, told));
        Assert.Equal(HandOverResult.Ended, await HandOverAsync(writer, Sample.Delivery("unknown", "anna")));
        Assert.Equal(DeliveryState.Sent, (await FindAsync(told)).State);
    }

    [Fact]
    public async Task What_was_given_up_takes_of_the_limits_again_when_it_is_sent_again()
    {
        await LiveAsync();
        var all = await DecideAsync(null, "a", "b", "c", "d", "e");
        var writer = await Store.Deliveries.TakeAsync(Shop, Anna.Shard);
        await EndAsync(writer, all[0], DeliveryState.Dead);
        Assert.Equal(new Money(800), await SpentAsync());
        await Store.Deliveries.ReviveAsync(Shop, all[0].Id, Sample.Time);
        Assert.Equal(HandOverResult.Handed, await HandOverAsync(writer, all[0]));
        Assert.Equal(new Money(1_000), await SpentAsync());
        Assert.Null((await Store.Decisions.FindAsync(Shop, all[0].Decision!.Value))!.GivenBackAt);

        // What it gave back was spent by another one meanwhile.
        await EndAsync(writer, all[1], DeliveryState.Dead);
        await DecideAsync(null, "f");
        await Store.Deliveries.ReviveAsync(Shop, all[1].Id, Sample.Time);
        Assert.Equal(HandOverResult.Ended, await HandOverAsync(writer, all[1]));
        Assert.Equal(
            (DeliveryState.Cancelled, DeliveryReasons.Budget), ((await FindAsync(all[1])).State, (await FindAsync(all[1])).Reason));
        Assert.Equal(new Money(1_000), await SpentAsync());
    }

    [Fact]
    public async Task A_contact_counts_on_the_day_on_which_it_is_handed_over()
    {
        await LiveAsync(cap: 1);
        var first = Assert.Single(await DecideAsync(null, "a"));
        var writer = await Store.Deliveries.TakeAsync(Shop, Anna.Shard);
        Assert.Equal(HandOverResult.Handed, await HandOverAsync(writer, first, days: 2));
        Assert.Equal([(ActionChannel.Email, new ContactDay(Day.AddDays(2), 1))], await ContactsAsync());
        Assert.Equal(Day.AddDays(2), (await Store.Decisions.FindAsync(Shop, first.Decision!.Value))!.Charge!.ContactDay);

        var second = Assert.Single(await DecideAsync(null, "b"));
        Assert.Equal(HandOverResult.Ended, await HandOverAsync(writer, second, days: 2));
        Assert.Equal(DeliveryReasons.ChannelCap, (await FindAsync(second)).Reason);
        Assert.Equal([(ActionChannel.Email, new ContactDay(Day.AddDays(2), 1))], await ContactsAsync());

        // One that may have arrived has been counted, and is sent to its end.
        var third = Assert.Single(await DecideAsync(null, "c"));
        Assert.Equal(HandOverResult.Handed, await HandOverAsync(writer, third with { MayHaveArrived = true }, days: 2));
    }

    [Theory]
    [InlineData(1, null, DeliveryReasons.CoolDown)]
    [InlineData(0, 1, DeliveryReasons.CustomerCap)]
    public async Task Of_two_identities_that_became_one_the_limits_of_one_customer_hold(int coolDown, int? most, string reason)
    {
        var policy = SamplePolicies.Policy with { CoolDownDays = coolDown, CustomerCap = most is { } m ? new CustomerCap(m, 1) : null };
        await LiveAsync();
        await Store.Journal.AppendAsync(Sample.Commit("bea", 0, "m-bea"));
        var anna = Assert.Single(await DecideAsync(policy, "a"));
        var bea = await DecideAsync("bea", policy, "a");
        await Store.Journal.AppendAsync(Sample.Commit("bea", 1) with { Merged = new IdentityMerge(Anna, 1) });

        var (left, right) = (
            await Store.Deliveries.TakeAsync(Shop, Anna.Shard), await Store.Deliveries.TakeAsync(Shop, Sample.Customer("bea").Shard));
        Assert.Equal(HandOverResult.Handed, await HandOverAsync(left, anna));
        Assert.Equal(HandOverResult.Ended, await HandOverAsync(right, bea));
        Assert.Equal(reason, (await FindAsync(bea)).Reason);
        Assert.NotNull((await Store.Decisions.FindAsync(Shop, bea.Decision!.Value))!.GivenBackAt);
    }

    // A second action within the cool-down, and a third after the delivery of the first is no longer there.
    [Fact]
    public async Task What_was_removed_counts_as_what_has_left()
    {
        var policy = SamplePolicies.Policy with { CoolDownDays = 30 };
        await LiveAsync();
        var all = await DecideAsync(policy, "a", "b");
        var writer = await Store.Deliveries.TakeAsync(Shop, Anna.Shard);
        Assert.Equal(HandOverResult.Handed, await HandOverAsync(writer, all[0]));
        await EndAsync(writer, all[0] with { HandedAt = Sample.Time }, DeliveryState.Sent);
        Assert.Equal(1, await Store.Deliveries.PruneAsync(Shop, Sample.Time.AddDays(1)));
        Assert.Equal(HandOverResult.Ended, await HandOverAsync(writer, all[1], days: 20));
        Assert.Equal(DeliveryReasons.CoolDown, (await FindAsync(all[1])).Reason);
    }

    // dittofeed #1463: an order of before that is recorded only now, under the customer that the recipient has become.
    [Fact]
    public async Task An_order_that_is_recorded_later_marks_what_was_handed_over_since_it_was_placed()
    {
        await LiveAsync();
        Delivery[] all = [Of("sent"), Of("on its way"), Of("before"), Of("waits"), Of("told") with { Subscription = "crm", Policy = null }];
        await Store.Deliveries.AddAsync(Shop, all);
        var writer = await Store.Deliveries.TakeAsync(Shop, Anna.Shard);
        foreach (var (delivery, days) in new[] { (all[0], 0), (all[1], 1), (all[2], -1), (all[4], 1) })
        {
            Assert.Equal(HandOverResult.Handed, await HandOverAsync(writer, delivery, days));
        }

        await EndAsync(writer, all[0] with { HandedAt = Sample.Time }, DeliveryState.Sent);
        await Store.Journal.AppendAsync(Sample.Commit("bea", 0, "m-bea"));
        await Store.Journal.AppendAsync(Sample.Commit("bea", 1) with { Merged = new IdentityMerge(Anna, 1) });
        await Store.Journal.AppendAsync(Sample.Commit("bea", 1, "late") with { BoughtAt = Sample.Time });
        const string Mark = DeliveryReasons.HadBought;
        Assert.Equal([Mark, Mark, null, Mark, null], await ReasonsAsync());

        await EndAsync(writer, all[1] with { HandedAt = Sample.Time.AddDays(1) }, DeliveryState.Sent);
        await EndAsync(writer, all[3] with { Reason = DeliveryReasons.Goal }, DeliveryState.Cancelled);
        Assert.Equal([Mark, Mark, null, DeliveryReasons.Goal, null], await ReasonsAsync());
        Assert.Equal(
            2, (await Store.Deliveries.CountAsync(Shop)).Single(c => c is { State: DeliveryState.Sent, Reason: Mark }).Count);

        async Task<string?[]> ReasonsAsync() => [.. (await Task.WhenAll(all.Select(FindAsync))).Select(d => d.Reason)];
    }

    private static Delivery Of(string name) => Sample.Delivery(name, "anna") with { Policy = SamplePolicies.Id };

    private Task<HandOverResult> HandOverAsync(long writer, Delivery delivery, int days = 0) => Store.Deliveries.HandOverAsync(
        Shop, delivery.Customer.Shard, writer,
        delivery with { State = DeliveryState.Handed, Attempts = 1, HandedAt = Sample.Time.AddDays(days) }, Day.AddDays(days));

    private async Task<Delivery> FindAsync(Delivery delivery) => (await Store.Deliveries.FindAsync(Shop, delivery.Id))!;

    private async Task<long> CountHandedAsync() =>
        (await Store.Deliveries.CountAsync(Shop)).Where(c => c.State == DeliveryState.Handed).Sum(c => c.Count);

    private async Task<DeliveryId[]> DueAsync(long writer) =>
    [
        .. (await Store.Deliveries.ReadDueAsync(Shop, Anna.Shard, writer, ActionChannel.Webhook, Sample.Time, 10)).Select(d => d.Id),
    ];

    private async Task<Money> SpentAsync() =>
        (await Store.Decisions.FindSpendingAsync(Shop, Day)).Spent[(SamplePolicies.Id, 0)];

    private async Task<IEnumerable<(ActionChannel, ContactDay)>> ContactsAsync() =>
        (await Store.Decisions.FindPastAsync(Anna, Day)).Contacts.Where(c => c.Day.Count > 0);

    private async Task LiveAsync(int? cap = null)
    {
        await Store.Policies.TryPutAsync(Shop, SamplePolicies.Record() with { Mode = PolicyMode.Live }, 0);
        await Store.Journal.AppendAsync(Sample.Commit("anna", 0, "m-anna"));
        if (cap is { } most)
        {
            await SetTermsAsync(PolicyTerms.Default with { ChannelCaps = PolicyTerms.Default.ChannelCaps.Add(ActionChannel.Email, most) });
        }
    }

    private async Task SetAsync(PolicyMode? mode, bool isKilled)
    {
        await SetTermsAsync(PolicyTerms.Default with { IsStopped = isKilled });
        if (mode is { } set)
        {
            await Store.Policies.SetModeAsync(Shop, SamplePolicies.Id, set, Sample.Time);
        }
        else
        {
            await Store.Policies.TryPutAsync(Shop, SamplePolicies.Record() with { IsRemoved = true }, 1);
        }
    }

    private async Task SetTermsAsync(PolicyTerms terms) => Assert.True(await Store.Policies.TryPutTermsAsync(Shop, terms));

    private Task<Delivery[]> DecideAsync(Policy? policy, params string[] causes) => DecideAllAsync("anna", policy, causes);

    private async Task<Delivery> DecideAsync(string customer, Policy? policy, string cause) =>
        Assert.Single(await DecideAllAsync(customer, policy, cause));

    private async Task<Delivery[]> DecideAllAsync(string customer, Policy? policy, params string[] causes)
    {
        var taken = await Store.Decisions.TakeAsync(Shop, Sample.Customer(customer).Shard);
        Delivery[] deliveries =
        [
            .. causes.Select(c => SamplePolicies.Decision(customer, 1, c, policy)).Select(d => Sample.Delivery("", customer) with
            {
                Id = DeliveryId.Of(d.Id),
                Decision = d.Id,
                Policy = d.Policy,
                Channel = ActionChannel.Email,
            }),
        ];
        Assert.Equal(DecisionStatus.Kept, await Store.Decisions.AppendAsync(SamplePolicies.Batch(taken.Writer, customer) with
        {
            After = taken.UpTo,
            UpTo = taken.UpTo + 1,
            Decisions =
            [
                .. causes.Select((c, i) => SamplePolicies.Decision(customer, 1, c, policy) is var d
                    ? new DecisionRecord(d, DecisionCharge.Of(policy ?? SamplePolicies.Policy, d)) { Delivery = deliveries[i] }
                    : null!),
            ],
        }));
        return deliveries;
    }

    private Task<bool> EndAsync(long writer, Delivery delivery, DeliveryState state) => Store.Deliveries.TryPutAsync(
        Shop, Anna.Shard, writer, [delivery with { State = state, EndedAt = Sample.Time }]);
}
