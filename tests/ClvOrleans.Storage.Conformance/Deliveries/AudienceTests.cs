using ClvOrleans.Domain.Customers;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Storage.Deliveries;
using ClvOrleans.Storage.Journal;

namespace ClvOrleans.Storage.Conformance.Deliveries;

/// <summary><see cref="IAudiences"/>: each customer's adds and removes in order, one at a time, each once.</summary>
public class AudienceTests<TEngine> : StoreTests<TEngine>
    where TEngine : IStorageEngine, new()
{
    private const string Ads = "ads";
    private static readonly CustomerId Anna = Sample.Customer("anna");
    private static readonly Subscription Crm = Sample.Subscription("crm") with { Topics = ["audience/ads"] };

    [Fact]
    public async Task What_is_sent_to_an_audience_marks_the_customer_until_they_are_looked_at()
    {
        var writer = await Store.Deliveries.TakeAsync(Shop, Anna.Shard);
        await SendAsync(writer, Sample.Delivery("d", "anna", ActionChannel.Audience) with { Topic = Ads });
        await SendAsync(writer, Sample.Delivery("mail", "anna", ActionChannel.Email));
        var mark = Assert.Single(await MarkedAsync());
        Assert.Equal(new AudienceMark(Ads, Anna, 1), mark);
        Assert.Equal([mark], await Store.Audiences.FindAsync(Anna));
        Assert.Empty(await Store.Audiences.FindAsync(Sample.Customer("bea")));

        // What happens while it is looked at is looked at again.
        await SendAsync(writer, Sample.Delivery("e", "anna", ActionChannel.Audience) with { Topic = Ads });
        Assert.True(await KeepAsync(writer, new AudienceMember(mark, true)));
        Assert.Equal(2, Assert.Single(await MarkedAsync()).Marks);
        Assert.False(await KeepAsync(writer - 1, new AudienceMember(mark with { Marks = 2 }, true)));
        Assert.True(await KeepAsync(writer, new AudienceMember(mark with { Marks = 2 }, true)));
        await ReopenAsync();
        Assert.Empty(await MarkedAsync());
    }

    [Fact]
    public async Task The_next_telling_of_a_customer_waits_for_the_end_of_the_one_before()
    {
        var writer = await MemberAsync();
        Assert.Equal([new AudienceNews(Ads, Anna, true, 1)], await UntoldAsync());
        Assert.True(await TellAsync(writer, true, 1, "add"));
        Assert.Empty(await UntoldAsync());

        await KeepAsync(writer, new AudienceMember(new AudienceMark(Ads, Anna, 1), false));
        Assert.Empty(await UntoldAsync());
        await PutAsync(writer, "add", DeliveryState.Sent);
        Assert.Equal([new AudienceNews(Ads, Anna, false, 2)], await UntoldAsync());

        // A telling of another number than the next adds nothing.
        Assert.True(await TellAsync(writer, true, 1, "again"));
        Assert.True(await TellAsync(writer, true, 3, "early"));
        Assert.False(await TellAsync(writer - 1, false, 2, "remove"));
        Assert.True(await TellAsync(writer, false, 2, "remove"));
        await ReopenAsync();
        Assert.Equal(["remove", "add"], await ToldAsync());
    }

    [Fact]
    public async Task A_telling_that_was_given_up_is_not_sent_again_after_a_later_one()
    {
        var writer = await MemberAsync();
        await TellAsync(writer, true, 1, "add");
        await PutAsync(writer, "add", DeliveryState.Dead);
        await KeepAsync(writer, new AudienceMember(new AudienceMark(Ads, Anna, 1), false));
        await TellAsync(writer, false, 2, "remove");
        Assert.False(await Store.Deliveries.ReviveAsync(Shop, DeliveryId.Of("add"), Sample.Time));
        Assert.Equal(DeliveryReasons.Superseded, (await Store.Deliveries.FindAsync(Shop, DeliveryId.Of("add")))!.Reason);
    }

    [Fact]
    public async Task A_membership_ends_as_it_expires_and_a_new_subscription_is_told_of_who_is_in()
    {
        var writer = await MemberAsync(until: Sample.Time.AddMinutes(5));
        await TellAsync(writer, true, 1, "add");
        await PutAsync(writer, "add", DeliveryState.Sent);
        Assert.Empty(await UntoldAsync(minutes: 4));
        Assert.Equal([new AudienceNews(Ads, Anna, false, 2)], await UntoldAsync(minutes: 5));
        Assert.Single(await Store.Audiences.ReadUntoldAsync(Shop, Anna.Shard, Crm with { Since = Sample.Time.AddDays(1) }, Sample.Time, 9));
        Assert.Single(
            await Store.Audiences.ReadUntoldAsync(Shop, Anna.Shard, Crm with { Id = "a", Topics = ["audience/*"] }, Sample.Time, 9));
        Assert.Empty(await Store.Audiences.ReadUntoldAsync(Shop, Anna.Shard, Crm with { Topics = ["audience/vip"] }, Sample.Time, 9));
        Assert.Empty(await Store.Audiences.ReadUntoldAsync(Other, Anna.Shard, Crm, Sample.Time, 9));
    }

    [Fact]
    public async Task A_customer_is_held_by_what_was_decided_for_the_identities_that_became_them()
    {
        await Store.Journal.AppendAsync(Sample.Commit("anna", 0, "m1"));
        var decision = SamplePolicies.Decision("anna", 1);
        var taken = await Store.Decisions.TakeAsync(Shop, Anna.Shard);
        await Store.Decisions.AppendAsync(SamplePolicies.Batch(taken.Writer, "anna", decision));
        var delivery = Sample.Delivery("x", "anna", ActionChannel.Audience) with
        {
            Id = DeliveryId.Of(decision.Id),
            Topic = Ads,
            ExpiresAt = Sample.Time.AddDays(1),
        };
        await Store.Deliveries.AddAsync(Shop, [delivery]);
        var kept = (await Store.Deliveries.FindAsync(Shop, delivery.Id))!;
        var writer = await Store.Deliveries.TakeAsync(Shop, Anna.Shard);
        Assert.Empty(await Store.Audiences.HoldsAsync(Anna));
        await Store.Deliveries.TryPutAsync(Shop, Anna.Shard, writer, [kept with { State = DeliveryState.Sent, EndedAt = Sample.Time }]);
        await Store.Journal.AppendAsync(Sample.Commit("bea", 0, "m2"));
        await Store.Journal.AppendAsync(Sample.Commit("bea", 1) with { Merged = new IdentityMerge(Anna, 1) });
        Assert.Empty(await Store.Audiences.HoldsAsync(Anna));
        Assert.Equal([new AudienceHold(Ads, false, Sample.Time.AddDays(1))], await Store.Audiences.HoldsAsync(Sample.Customer("bea")));
    }

    private async Task<long> MemberAsync(DateTimeOffset? until = null)
    {
        var writer = await Store.Deliveries.TakeAsync(Shop, Anna.Shard);
        var mark = new AudienceMark(Ads, Anna, 1);
        Assert.True(await Store.Audiences.TryKeepAsync(Shop, Anna.Shard, writer, [], [mark]));
        Assert.Empty(await UntoldAsync());
        Assert.True(await KeepAsync(writer, new AudienceMember(mark, true, until)));
        return writer;
    }

    private async Task SendAsync(long writer, Delivery delivery)
    {
        await Store.Deliveries.AddAsync(Shop, [delivery]);
        await Store.Deliveries.TryPutAsync(Shop, Anna.Shard, writer, [delivery with { State = DeliveryState.Sent, EndedAt = Sample.Time }]);
    }

    private async Task PutAsync(long writer, string name, DeliveryState state) => Assert.True(await Store.Deliveries.TryPutAsync(
        Shop, Anna.Shard, writer, [Sample.Delivery(name, "anna") with { State = state, EndedAt = Sample.Time }]));

    private Task<bool> KeepAsync(long writer, AudienceMember member) =>
        Store.Audiences.TryKeepAsync(Shop, Anna.Shard, writer, [member], []);

    private Task<bool> TellAsync(long writer, bool isIn, long number, string name) => Store.Audiences.TryTellAsync(
        Shop, Anna.Shard, writer, Crm, [(new AudienceNews(Ads, Anna, isIn, number), Sample.Delivery(name, "anna"))]);

    private Task<IReadOnlyList<AudienceMark>> MarkedAsync() => Store.Audiences.ReadMarkedAsync(Shop, Anna.Shard, 9);

    private Task<IReadOnlyList<AudienceNews>> UntoldAsync(int minutes = 0) =>
        Store.Audiences.ReadUntoldAsync(Shop, Anna.Shard, Crm, Sample.Time.AddMinutes(minutes), 9);

    private async Task<IEnumerable<string>> ToldAsync()
    {
        var names = ((string[])["add", "again", "early", "remove"]).ToDictionary(n => DeliveryId.Of(n));
        return (await Store.Deliveries.ListAsync(new DeliveryQuery(Shop), long.MaxValue, 9)).Select(d => names[d.Delivery.Id]);
    }
}
