using System.Text.Json;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Definitions;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Storage.Deliveries;
using ClvOrleans.Storage.Policies;
using ClvOrleans.Storage.Watches;
using ClvOrleans.Testing;
using ClvOrleans.Valuation.Rules;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Grains.Tests.Policies;

/// <summary>What happens to a customer is decided once, within all limits, whatever fails on the way.</summary>
public abstract class DecisionTests(DecisionCluster cluster)
{
    private readonly PolicyStore _store = new(cluster);

    [Fact]
    public async Task An_event_is_decided_with_its_reason_and_its_delivery()
    {
        await _store.DefineAsync("news", PolicyStore.Offer());
        var anna = _store.Customer("anna");
        await _store.ConsentAsync(anna);
        await _store.PageAsync(anna);
        await _store.SettleAsync();

        var record = Assert.Single(await _store.DecidedAsync());
        Assert.Equal(
            (DecisionOutcome.Acted, DecisionReason.Worthwhile, anna),
            (record.Decision.Outcome, record.Decision.Reason, record.Decision.Customer));
        Assert.Equal(
            ("web/m2", 2L, "America/New_York"),
            (record.Decision.Inputs.HappenedBy, record.Decision.Inputs.Facts.Sequence, record.Decision.Inputs.Zone));
        Assert.NotNull(record.Decision.Inputs.Facts.Upper);
        Assert.NotNull(
            await cluster.Service<IDeliveries>(0).FindAsync(_store.Id, ClvOrleans.Policies.Deliveries.DeliveryId.Of(record.Decision.Id)));

        var definition = (await cluster.Service<IPolicies>(0).HistoryAsync(_store.Id, new PolicyId("news")))
            .Single(p => p.Revision == record.Decision.Inputs.Revision).Definition;
        var policy = new PolicyReader(CustomerRules.For(Currency.Of("USD"))).Read(definition);
        Assert.Equal(Text(record.Decision), Text(DecisionRule.Decide(policy, record.Decision.Inputs)));
    }

    [Fact]
    public async Task The_same_message_again_is_no_new_occasion()
    {
        await _store.DefineAsync("news", PolicyStore.Offer(more: """ "reentry": "always", "holdout": 0 """));
        var page = new ClvOrleans.Grains.Customers.RoutedEvent(_store.Customer("anna"), _store.Event(Domain.Events.EventKind.PageViewed));
        await _store.RecordAsync(page, page);
        await _store.RecordAsync(page);
        await _store.SettleAsync();
        Assert.Single(await _store.DecidedAsync());
    }

    [Fact]
    public async Task What_one_silo_notices_by_a_policy_of_which_another_has_not_heard_is_decided_all_the_same()
    {
        await _store.DefineAsync("old", PolicyStore.Offer());
        var customers = Enumerable.Range(0, 60).Select(i => _store.Customer($"c{i}")).ToArray();
        foreach (var customer in customers)
        {
            await _store.PageAsync(customer);
        }

        await _store.SettleAsync();
        await _store.DefineAsync("news", PolicyStore.Offer(topic: "other"), isHeardByAll: false);
        foreach (var customer in customers)
        {
            await _store.PageAsync(customer);
        }

        await _store.SettleAsync();
        var noticed = await cluster.Service<ITransitions>(0).CountAsync(_store.Id, DateTimeOffset.MinValue.AddYears(2000));
        var news = noticed.Single(c => c.Subject == new WatchSubject(WatchKind.Policy, "news")).Transitions;
        Assert.InRange(news, 1, 59);
        Assert.Equal(news, (await _store.DecidedAsync()).Count(d => d.Decision.Policy == new PolicyId("news")));
    }

    [Fact]
    public async Task Without_consent_or_after_it_is_withdrawn_nothing_is_done()
    {
        await _store.DefineAsync("news", PolicyStore.Offer());
        var (anna, bea) = (_store.Customer("anna"), _store.Customer("bea"));
        await _store.PageAsync(anna);
        await _store.ConsentAsync(bea);
        await _store.ConsentAsync(bea, isGranted: false);
        await _store.PageAsync(bea);
        await _store.SettleAsync();
        var decided = (await _store.DecidedAsync()).ToDictionary(d => d.Decision.Customer, d => d.Decision);
        Assert.Equal((DecisionReason.Consent, ConsentStanding.Unknown), (decided[anna].Reason, decided[anna].Inputs.Consent));
        Assert.Equal((DecisionReason.Consent, ConsentStanding.Denied), (decided[bea].Reason, decided[bea].Inputs.Consent));
    }

    [Theory]
    [InlineData("\"never\"", 1)]
    [InlineData("\"always\"", 100)]
    [InlineData("10", 10)]
    public async Task A_hundred_entries_give_what_reentry_allows(string reentry, int acted)
    {
        await _store.DefineAsync("news", PolicyStore.Offer(more: $$""" "reentry": {{reentry}}, "holdout": 0, "exploration": 0 """));
        await _store.ConsentAsync(_store.Customer("anna"));
        for (var day = 0; day < 100; day++)
        {
            await _store.PageAsync(_store.Customer("anna"));
            await _store.SettleAsync();
            cluster.Time.Move(TimeSpan.FromDays(1));
        }

        var decided = await _store.DecidedAsync();
        Assert.Equal(100, decided.Count);
        Assert.Equal(acted, decided.Count(d => d.Decision.Outcome == DecisionOutcome.Acted));
        Assert.All(
            decided.Where(d => d.Decision.Outcome != DecisionOutcome.Acted), d => Assert.Equal(DecisionReason.Reentry, d.Decision.Reason));
    }

    [Fact]
    public async Task A_budget_is_spent_to_the_last_action_by_all_shards_together_and_everybody_is_decided_once()
    {
        const int Customers = 1_000;
        await _store.DefineAsync("news", PolicyStore.Offer("""{ "amount": 600 }"""));
        foreach (var chunk in Enumerable.Range(0, Customers).Chunk(50))
        {
            await Task.WhenAll(chunk.Select(async i =>
            {
                await _store.ConsentAsync(_store.Customer($"c{i}"));
                await _store.PageAsync(_store.Customer($"c{i}"));
            }));
        }

        await _store.SettleAsync();
        var decided = await _store.DecidedAsync();
        Assert.Equal(Customers, decided.Select(d => d.Decision.Customer).Distinct().Count());
        Assert.Equal(Customers, decided.Count);
        Assert.Equal(300, decided.Count(d => d.Decision.Outcome == DecisionOutcome.Acted));
        Assert.Equal(700, decided.Count(d => d.Decision.Reason == DecisionReason.Budget));
        var spending = await _store.Decisions.FindSpendingAsync(_store.Id, new DateOnly(2026, 6, 15));
        Assert.Equal(new Money(60_000), spending.Spent[(new PolicyId("news"), 0)]);
    }

    [Fact]
    public async Task A_channel_reaches_a_customer_as_often_as_the_cap_of_all_policies_says()
    {
        var terms = PolicyTerms.Default with
        {
            Control = new ControlGroup(0),
            ChannelCaps = PolicyTerms.Default.ChannelCaps.Add(ActionChannel.Slot, 2),
        };
        foreach (var id in (string[])["a", "b", "c"])
        {
            await _store.DefineAsync(
                id, PolicyStore.Offer(more: """ "reentry": "always", "holdout": 0, "exploration": 0 """), terms: terms);
        }

        await _store.ConsentAsync(_store.Customer("anna"));
        for (var i = 0; i < 5; i++)
        {
            await _store.PageAsync(_store.Customer("anna"));
        }

        await _store.SettleAsync();
        var decided = await _store.DecidedAsync();
        Assert.Equal(15, decided.Count);
        Assert.Equal(2, decided.Count(d => d.Decision.Outcome == DecisionOutcome.Acted));
        Assert.Equal(4, decided.Count(d => d.Decision.Reason == DecisionReason.Outscored));
        Assert.Equal(9, decided.Count(d => d.Decision.Reason == DecisionReason.ChannelCap));
    }

    [Fact]
    public async Task The_greater_score_gets_the_customer()
    {
        await _store.DefineAsync("cheap", PolicyStore.Offer());
        await _store.DefineAsync("dear", """
            "do": { "channel": "slot", "topic": "news", "cost": 5, "effect": { "amount": 20 } }, "budget": { "amount": 100 }, "holdout": 0, "exploration": 0
            """);
        await _store.ConsentAsync(_store.Customer("anna"));
        await _store.PageAsync(_store.Customer("anna"));
        await _store.SettleAsync();
        var decided = (await _store.DecidedAsync()).ToDictionary(d => d.Decision.Policy.Value, d => d.Decision);
        Assert.Equal(DecisionOutcome.Acted, decided["dear"].Outcome);
        Assert.Equal((DecisionReason.Outscored, new PolicyId("dear")), (decided["cheap"].Reason, decided["cheap"].Inputs.Rival!.Value));
    }

    [Theory]
    [InlineData(FaultKind.Fail)]
    [InlineData(FaultKind.FailAfter)]
    public async Task A_call_of_the_storage_that_fails_loses_and_repeats_nothing(FaultKind kind)
    {
        await _store.DefineAsync("news", PolicyStore.Offer());
        string[] calls =
        [
            "IDecisions.TakeAsync", "IDecisions.AppendAsync", "IDecisions.DueAsync", "IDecisions.FindPastAsync",
            "IDecisions.FindSpendingAsync", "ITransitions.ReadAsync", "ICustomerRows.FindAsync", "IJournal.FindTipAsync",
        ];
        foreach (var call in calls)
        {
            var injected = cluster.Faults.Injected;
            var customers = Enumerable.Range(0, 5).Select(i => _store.Customer($"{call}-{i}")).ToList();
            foreach (var customer in customers)
            {
                await _store.ConsentAsync(customer);
            }

            if (call is not ("ICustomerRows.FindAsync" or "IJournal.FindTipAsync"))
            {
                cluster.Faults.Next(call, 1, new Fault(kind));
            }

            foreach (var customer in customers)
            {
                await _store.PageAsync(customer);
            }

            await _store.SettleAsync();
            cluster.Faults.Stop();
            var decided = (await _store.DecidedAsync()).Where(d => customers.Contains(d.Decision.Customer)).ToList();
            Assert.Equal(
                customers.Order(Comparer<CustomerId>.Create((a, b) => string.CompareOrdinal(a.Id, b.Id))),
                decided.Select(d => d.Decision.Customer).OrderBy(c => c.Id, StringComparer.Ordinal));
            Assert.All(decided, d => Assert.Equal(DecisionOutcome.Acted, d.Decision.Outcome));
            Assert.True(call.StartsWith('I') && cluster.Faults.Injected >= injected);
        }
    }

    [Fact]
    public async Task A_merge_adds_up_what_was_done_and_decides_nothing_anew()
    {
        await _store.DefineAsync("news", PolicyStore.Offer());
        var (anna, visitor) = (_store.Customer("anna"), CustomerId.OfVisitor(_store.Id, "v1"));
        await _store.ConsentAsync(visitor);
        await _store.PageAsync(visitor);
        await _store.SettleAsync();
        await _store.RecordAsync(Sent.Identify(anna, visitor, "identify"));
        await _store.PageAsync(anna);
        await _store.SettleAsync();

        var decided = await _store.DecidedAsync();
        Assert.All(decided, d => Assert.Equal(anna, d.Decision.Customer));
        Assert.Equal([DecisionReason.Worthwhile, DecisionReason.Reentry], decided.Select(d => d.Decision.Reason));
    }

    // Visitors are in shards of their own, and some in that of their customer: all is recorded before anything is decided.
    [Fact]
    public async Task What_happened_to_identities_that_became_one_is_decided_for_whom_they_became()
    {
        await _store.DefineAsync("news", PolicyStore.Offer(more: """ "reentry": "always", "holdout": 0, "exploration": 0 """));
        for (var i = 0; i < 40; i++)
        {
            var (known, visitor) = (_store.Customer($"k{i}"), CustomerId.OfVisitor(_store.Id, $"u{i}"));
            await _store.RecordAsync(
                new ClvOrleans.Grains.Customers.RoutedEvent(visitor, _store.Event(Domain.Events.EventKind.PageViewed)),
                new ClvOrleans.Grains.Customers.RoutedEvent(known, _store.Event(Domain.Events.EventKind.PageViewed)));
            await _store.RecordAsync(Sent.Identify(known, visitor, $"identify-{i}"));
        }

        await _store.SettleAsync();
        var decided = await _store.DecidedAsync();
        Assert.Equal(80, decided.Count);
        Assert.Equal(40, decided.GroupBy(d => d.Decision.Customer).Count(g => g.Key.Kind == CustomerKind.Customer && g.Count() == 2));
    }

    [Fact]
    public async Task A_flow_waits_and_ends_with_an_order()
    {
        const string Flow = """
            "steps": [
              { "do": { "channel": "slot", "topic": "news", "cost": 1, "effect": { "amount": 10 } } }, { "wait": "3 days" },
              { "do": { "channel": "slot", "topic": "news", "cost": 2, "effect": { "amount": 10 } } } ],
            "budget": { "amount": 100 }, "holdout": 0, "exploration": 0
            """;
        await _store.DefineAsync("flow", Flow);
        foreach (var id in (string[])["anna", "bea"])
        {
            await _store.ConsentAsync(_store.Customer(id));
            await _store.PageAsync(_store.Customer(id));
        }

        await _store.SettleAsync();
        await _store.PageAsync(_store.Customer("bea"));
        await _store.SettleAsync();
        await _store.OrderAsync(_store.Customer("anna"), $"{_store.Id}-1");
        cluster.Time.Move(TimeSpan.FromDays(3));
        await _store.SettleAsync();

        var decided = (await _store.DecidedAsync()).ToLookup(
            d => d.Decision.Customer.Id, d => (d.Decision.Inputs.Occasion.Step, d.Decision.Reason));
        Assert.Equal([("0", DecisionReason.Worthwhile), ("1", DecisionReason.Step), ("2", DecisionReason.Goal)], decided["anna"]);
        Assert.Equal(
            [("0", DecisionReason.Worthwhile), ("1", DecisionReason.Step), ("0", DecisionReason.Pending), ("2", DecisionReason.Worthwhile)],
            decided["bea"]);
    }

    [Fact]
    public async Task A_redefinition_that_a_member_still_satisfies_is_no_entry_and_keeps_what_is_under_way()
    {
        const string Flow = """
            "steps": [
              { "do": { "channel": "slot", "topic": "news", "cost": 1, "effect": { "amount": 10 } } }, { "wait": "3 days" },
              { "do": { "channel": "slot", "topic": "news", "cost": 2, "effect": { "amount": 10 } } } ],
            "budget": { "amount": 100 }, "holdout": 0, "exploration": 0, "reentry": "always"
            """;
        await _store.DefineAsync("flow", Flow, when: """{ "rule": "orders >= 1" }""");
        await _store.ConsentAsync(_store.Customer("anna"));
        await _store.OrderAsync(_store.Customer("anna"), $"{_store.Id}-1");
        await _store.SettleAsync();
        await _store.DefineAsync("flow", Flow, when: """{ "rule": "orders >= 1 and historicValue > 1" }""");
        await _store.PageAsync(_store.Customer("anna"));
        await _store.SettleAsync();
        cluster.Time.Move(TimeSpan.FromDays(3));
        await _store.SettleAsync();
        Assert.Equal(
            [("0", DecisionReason.Worthwhile), ("1", DecisionReason.Step), ("2", DecisionReason.Worthwhile)],
            (await _store.DecidedAsync()).Select(d => (d.Decision.Inputs.Occasion.Step, d.Decision.Reason)));
    }

    [Fact]
    public async Task Who_would_be_out_of_the_audience_after_the_wait_is_not_made_to_wait()
    {
        await _store.DefineAsync("win-back", """
            "audience": "today - lastPurchase < 40", "waitingDays": 7,
            "do": { "channel": "slot", "topic": "news", "cost": 0.5, "effect": { "shareOfValueAtRisk": 0.5 } },
            "budget": { "amount": 100 }, "holdout": 0, "exploration": 0
            """);
        var today = (int)(cluster.Time.GetUtcNow() - Sent.Start).TotalDays;
        foreach (var (id, silence) in ((string, int)[])[("anna", 25), ("bea", 36)])
        {
            var orders = Enumerable.Range(0, 6).Select(i => Sent.Order(
                _store.Customer(id), $"{_store.Id}-{id}-{i}", 5_000, today - silence - (5 * i)));
            await _store.RecordAsync([.. orders]);
            await _store.ConsentAsync(_store.Customer(id));
        }

        await _store.PageAsync(_store.Customer("anna"));
        await _store.PageAsync(_store.Customer("bea"));
        await _store.SettleAsync();
        Assert.Equal(
            [("anna", DecisionReason.WaitingPays, true), ("bea", DecisionReason.Worthwhile, false)],
            (await _store.DecidedAsync()).OrderBy(d => d.Decision.Customer.Id, StringComparer.Ordinal)
                .Select(d => (d.Decision.Customer.Id, d.Decision.Reason, d.Decision.Inputs.Waiting!.Stays!.Value)));
    }

    [Fact]
    public async Task A_shadow_run_does_nothing_and_what_it_kept_holds_nobody_up_once_it_is_live()
    {
        await _store.DefineAsync("news", PolicyStore.Offer(), PolicyMode.Shadow);
        await _store.ConsentAsync(_store.Customer("anna"));
        await _store.PageAsync(_store.Customer("anna"));
        await _store.SettleAsync();
        await _store.SetModeAsync("news", PolicyMode.Live);
        await _store.PageAsync(_store.Customer("anna"));
        await _store.SettleAsync();
        await _store.SetModeAsync("news", PolicyMode.Paused);
        await _store.PageAsync(_store.Customer("bea"));
        await _store.SettleAsync();
        Assert.Equal(
            [(DecisionOutcome.Shadow, DecisionReason.Worthwhile), (DecisionOutcome.Acted, DecisionReason.Worthwhile),
                (DecisionOutcome.Suppressed, DecisionReason.Paused)],
            (await _store.DecidedAsync()).Select(d => (d.Decision.Outcome, d.Decision.Reason)));
    }

    private static string Text(Decision decision) => JsonSerializer.Serialize(decision, PoliciesJson.Default.Decision);
}
