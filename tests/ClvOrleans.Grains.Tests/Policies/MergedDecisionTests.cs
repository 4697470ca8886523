using System.Text.Json;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Definitions;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Statistics.Experiments;
using ClvOrleans.Storage.Policies;
using ClvOrleans.Valuation.Rules;

namespace ClvOrleans.Grains.Tests.Policies;

/// <summary>A visitor who becomes a customer brings along what policies have done for them, and what they were held out of.</summary>
public sealed class MergedDecisionTests(DecisionCluster cluster) : IClassFixture<DecisionCluster>
{
    private readonly PolicyStore _store = new(cluster);

    // In the tests with a draw: one who is not drawn.
    private CustomerId Anna { get => field == default ? _store.Customer("anna") : field; set; }

    [Fact]
    public async Task Who_was_held_out_as_a_visitor_stays_held_out_as_a_customer()
    {
        await _store.DefineAsync("news", PolicyStore.Offer(more: """ "holdout": 0.5, "exploration": 0, "reentry": "always" """));
        var decided = await BecomeAsync("policy/news/holdout");
        Assert.Equal([(DecisionOutcome.HeldOut, DecisionReason.Holdout), (DecisionOutcome.HeldOut, DecisionReason.Holdout)], decided);
    }

    // Drawn for the visitor, and for the customer only with the next draw.
    [Fact]
    public async Task Who_was_in_the_control_group_as_a_visitor_stays_in_it_until_the_next_draw()
    {
        var control = new ControlGroup(.5, 28);
        await _store.DefineAsync(
            "news", PolicyStore.Offer(more: """ "holdout": 0, "exploration": 0, "reentry": "always" """),
            terms: PolicyTerms.Default with { Control = control });
        await _store.DefineAsync(
            "more", PolicyStore.Offer(more: """ "holdout": 0, "exploration": 0, "reentry": "always" """),
            when: """{ "event": "CartViewed" }""");
        var today = AnyStore.SettingsOf(_store.Id).DayOf(cluster.Time.GetUtcNow());
        var decided = await BecomeAsync(control.SaltOn(today));
        Assert.Equal(
            [(DecisionOutcome.HeldOut, DecisionReason.ControlGroup), (DecisionOutcome.HeldOut, DecisionReason.ControlGroup)], decided);

        // Also from what other policies would do.
        await _store.RecordAsync(new RoutedEvent(Anna, _store.Event(EventKind.CartViewed)));
        await _store.SettleAsync();
        Assert.Equal(DecisionReason.ControlGroup, (await _store.DecidedAsync())[^1].Decision.Reason);

        var next = today;
        while (control.SaltOn(next) == control.SaltOn(today) || Assignment.IsHeldOut(control.SaltOn(next), Anna, .5))
        {
            next = next.AddDays(1);
        }

        cluster.Time.Move(TimeSpan.FromDays(next.DayNumber - today.DayNumber));
        await _store.PageAsync(Anna);
        await _store.SettleAsync();
        Assert.Equal(DecisionOutcome.Acted, (await _store.DecidedAsync())[^1].Decision.Outcome);
    }

    [Theory]
    [InlineData("\"coolDownDays\": 3", DecisionReason.CoolDown)]
    [InlineData("\"cap\": { \"most\": 2, \"days\": 30 }", DecisionReason.CustomerCap)]
    [InlineData("\"endsWithOrder\": true", DecisionReason.ChannelCap)]
    public async Task What_was_done_for_both_adds_up(string limit, DecisionReason reason)
    {
        await _store.DefineAsync(
            "news", PolicyStore.Offer(more: $$""" "holdout": 0, "exploration": 0, "reentry": "always", {{limit}} """),
            terms: PolicyTerms.Default with
            {
                Control = new ControlGroup(0),
                ChannelCaps = PolicyTerms.Default.ChannelCaps.Add(ActionChannel.Slot, 2),
            });
        var visitor = CustomerId.OfVisitor(_store.Id, "v1");
        foreach (var identity in (CustomerId[])[visitor, Anna])
        {
            await _store.ConsentAsync(identity);
            await _store.PageAsync(identity);
        }

        await _store.SettleAsync();
        await _store.RecordAsync(Sent.Identify(Anna, visitor, "identify"));
        if (reason == DecisionReason.CustomerCap)
        {
            cluster.Time.Move(TimeSpan.FromDays(1)); // Another day for the channel.
        }

        await _store.PageAsync(Anna);
        await _store.SettleAsync();
        var decided = await _store.DecidedAsync();
        Assert.Equal([DecisionReason.Worthwhile, DecisionReason.Worthwhile, reason], decided.Select(d => d.Decision.Reason));

        // A delivery that comes to its hand-over only after the merge is cancelled by the cool-down, and gives its entry back.
        Assert.InRange(decided[^1].Decision.Inputs.Past.Entries, reason == DecisionReason.CoolDown ? 1 : 2, 2);
        await RecomputesAsync(decided);
    }

    // A visitor who is drawn, of a customer who is not.
    private async Task<List<(DecisionOutcome, DecisionReason)>> BecomeAsync(string salt)
    {
        var visitor = Enumerable.Range(0, 1_000).Select(i => CustomerId.OfVisitor(_store.Id, $"v{i}"))
            .First(v => Assignment.IsHeldOut(salt, v, .5));
        Anna = Enumerable.Range(0, 1_000).Select(i => _store.Customer($"anna{i}")).First(c => !Assignment.IsHeldOut(salt, c, .5));
        await _store.ConsentAsync(visitor);
        await _store.PageAsync(visitor);
        await _store.SettleAsync();
        await _store.RecordAsync(Sent.Identify(Anna, visitor, "identify"));
        await _store.PageAsync(Anna);
        await _store.SettleAsync();
        var decided = await _store.DecidedAsync();
        Assert.All(decided, d => Assert.Equal(Anna, d.Decision.Customer));
        Assert.True(
            decided[^1].Decision.Inputs.Draws.Holdout >= Allocation.Places / 2
            || decided[^1].Decision.Inputs.Draws.Control >= Allocation.Places / 2);
        await RecomputesAsync(decided);
        return [.. decided.Select(d => (d.Decision.Outcome, d.Decision.Reason))];
    }

    private async Task RecomputesAsync(IReadOnlyList<DecisionRecord> decided)
    {
        var definitions = (await cluster.Service<IPolicies>(0).HistoryAsync(_store.Id, new PolicyId("news")))
            .ToDictionary(p => p.Revision, p => p.Definition);
        foreach (var decision in decided.Select(d => d.Decision).Where(d => d.Policy.Value == "news"))
        {
            var policy = new PolicyReader(CustomerRules.For(Currency.Of("USD"))).Read(definitions[decision.Inputs.Revision]);
            Assert.Equal(Text(decision), Text(DecisionRule.Decide(policy, decision.Inputs) with { Customer = decision.Customer }));
        }
    }

    private static string Text(Decision decision) => JsonSerializer.Serialize(decision, PoliciesJson.Default.Decision);
}
