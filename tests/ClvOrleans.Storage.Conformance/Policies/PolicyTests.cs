using ClvOrleans.Domain.Policies;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Storage.Policies;

namespace ClvOrleans.Storage.Conformance.Policies;

/// <summary><see cref="IPolicies"/>: definitions by revision, modes and terms.</summary>
public class PolicyTests<TEngine> : StoreTests<TEngine>
    where TEngine : IStorageEngine, new()
{
    [Fact]
    public async Task Policies_share_one_count_of_revisions_and_keep_their_history()
    {
        Assert.True(await Store.Policies.TryPutAsync(Shop, SamplePolicies.Record("b", "1"), 0));
        Assert.True(await Store.Policies.TryPutAsync(Shop, SamplePolicies.Record("a", "2"), 1));
        Assert.False(await Store.Policies.TryPutAsync(Shop, SamplePolicies.Record("a", "3"), 1));
        Assert.True(await Store.Policies.TryPutAsync(Shop, SamplePolicies.Record("b", "4"), 2));
        Assert.True(await Store.Policies.TryPutAsync(Other, SamplePolicies.Record("c"), 0));

        await ReopenAsync();
        var book = await Store.Policies.ReadAsync(Shop);
        Assert.Equal(3, book.Revision);
        Assert.Equal([("a", "2", 2), ("b", "4", 3)], book.All.Select(p => (p.Id.Value, p.Definition, p.Revision)));
        Assert.Equal(
            [("4", 3), ("1", 1)], (await Store.Policies.HistoryAsync(Shop, new PolicyId("b"))).Select(p => (p.Definition, p.Revision)));
        Assert.Empty(await Store.Policies.HistoryAsync(Shop, new PolicyId("c")));
    }

    [Fact]
    public async Task Of_changes_that_come_at_once_one_is_kept() => Assert.Single(
        await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => Task.Run(() => Store.Policies.TryPutAsync(Shop, SamplePolicies.Record(), 0)))), true);

    [Fact]
    public async Task A_mode_outlives_the_definition_and_ends_with_the_policy()
    {
        var later = Sample.Time.AddDays(1);
        Assert.False(await Store.Policies.SetModeAsync(Shop, SamplePolicies.Id, PolicyMode.Live, later));
        Assert.True(await Store.Policies.TryPutAsync(Shop, SamplePolicies.Record(), 0));
        Assert.True(await Store.Policies.SetModeAsync(Shop, SamplePolicies.Id, PolicyMode.Live, later));
        Assert.True(await Store.Policies.SetModeAsync(Shop, SamplePolicies.Id, PolicyMode.Live, later.AddDays(1)));
        Assert.True(await Store.Policies.TryPutAsync(Shop, SamplePolicies.Record(), 1));
        var policy = Assert.Single((await Store.Policies.ReadAsync(Shop)).All);
        Assert.Equal((PolicyMode.Live, later, 2), (policy.Mode, policy.ModeSince, policy.Revision));

        Assert.True(await Store.Policies.TryPutAsync(Shop, policy with { IsRemoved = true }, 2));
        Assert.Empty((await Store.Policies.ReadAsync(Shop)).All);
        Assert.Equal(3, (await Store.Policies.ReadAsync(Shop)).Revision);
        Assert.True(await Store.Policies.TryPutAsync(Shop, SamplePolicies.Record(), 3));
        Assert.Equal(PolicyMode.Shadow, Assert.Single((await Store.Policies.ReadAsync(Shop)).All).Mode);
    }

    [Fact]
    public async Task Terms_are_replaced_by_whoever_knows_the_last_ones()
    {
        var terms = (await Store.Policies.ReadAsync(Shop)).Terms with
        {
            Control = new ControlGroup(.1, 30),
            ChannelCaps = PolicyTerms.Default.ChannelCaps.Add(ActionChannel.Email, 2),
        };
        Assert.True(await Store.Policies.TryPutTermsAsync(Shop, terms));
        Assert.False(await Store.Policies.TryPutTermsAsync(Shop, terms));
        await ReopenAsync();
        var kept = (await Store.Policies.ReadAsync(Shop)).Terms;
        Assert.Equal(
            (1, .1, 30, 2), (kept.Revision, kept.Control.Share, kept.Control.RenewedEveryDays, kept.ChannelCaps[ActionChannel.Email]));
        Assert.True(await Store.Policies.TryPutTermsAsync(Shop, kept with { IsStopped = true }));
        Assert.True((await Store.Policies.ReadAsync(Shop)).Terms.IsStopped);
        Assert.Equal(0, (await Store.Policies.ReadAsync(Other)).Terms.Revision);
    }
}
