using ClvOrleans.Contracts;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Definitions;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Storage.Experiments;
using ClvOrleans.Storage.Policies;
using ClvOrleans.Valuation.Rules;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Grains.Tests.Experiments;

/// <summary>Decisions become exposures, these get outcomes, and the policy's expectation is updated by its holdout.</summary>
public sealed class PolicyFeedbackTests(StoreCluster cluster) : IClassFixture<StoreCluster>
{
    private const string Definition =
        """
        {"id":"win-back","when":{"rule":"pAlive < 0.4"},"holdout":0.5,"exploration":0,"budget":{"amount":100000},
         "do":{"channel":"email","topic":"win-back","cost":2,"effect":{"amount":10,"sd":4}}}
        """;

    private static readonly PolicyId Id = new("win-back");
    private readonly StoreId _store = cluster.NewStore();

    [Fact]
    public async Task What_those_bought_who_were_acted_for_and_held_out_updates_the_expected_effect()
    {
        var (policies, decisions) = (cluster.Service<IPolicies>(0), cluster.Service<IDecisions>(0));
        Assert.True(await policies.TryPutAsync(
            _store, new PolicyRecord { Id = Id, Definition = Definition, At = Sent.Start, ModeSince = Sent.Start }, 0));
        var revision = (await policies.ReadAsync(_store)).All.Single().Revision;
        var policy = new PolicyReader(CustomerRules.For(Currency.Of("USD"))).Read(Definition);

        // Who was acted for buys for 20.00 or 60.00 after it, the others for 10.00 or 50.00: 3.00 more margin at 30 %.
        var held = 0;
        for (var i = 0; i < 240; i++)
        {
            var customer = CustomerId.OfUser(_store, $"c{i}");
            Assert.Single(await cluster.Router().RecordAsync([Sent.Page(customer, "p", -1)]));
            var decision = DecisionRule.Decide(policy, Inputs(customer, revision, i));
            Assert.True(decision.Outcome is DecisionOutcome.Acted or DecisionOutcome.HeldOut, $"{decision.Outcome} {decision.Reason}");
            held += decision.Outcome == DecisionOutcome.HeldOut ? 1 : 0;
            while (await AppendAsync(decisions, new DecisionRecord(decision, DecisionCharge.Of(policy, decision))) != DecisionStatus.Kept)
            {
                // The shard's own grain has taken it meanwhile.
            }

            var spend = (decision.Outcome == DecisionOutcome.Acted ? 2_000 : 1_000) + (i / 2 % 2 * 4_000);
            await cluster.Router().RecordAsync([Sent.Order(customer, $"o{i}", spend, 3)]);
        }

        await cluster.Grains.GetOutcomes(_store).MeasureAsync();
        await cluster.Grains.GetOutcomes(_store).MeasureAsync();

        var reading = Assert.Single(await cluster.Service<IExperiments>(1).EffectsAsync(_store));
        Assert.Equal(("policy/win-back", 240 - held, held, 0), (reading.Subject, reading.Treated, reading.HeldOut, reading.Open));
        Assert.Equal(2.0 * (240 - held), reading.Cost, 9);
        Assert.False(reading.SampleRatio!.IsMismatch);
        var effect = reading.Effect;
        Assert.Equal(EffectSource.Measured, effect.Source);

        // The window's margin differs by 3.00; what is predicted after it follows from the orders.
        var (m, se) = (reading.Margin!.Estimate, reading.Margin.StandardError);
        Assert.True(m > 3);
        Assert.Equal(((10 / 16.0) + (m / (se * se))) / ((1 / 16.0) + (1 / (se * se))), effect.Mean, 9);
    }

    private async Task<DecisionStatus> AppendAsync(IDecisions decisions, DecisionRecord record)
    {
        var customer = record.Decision.Customer;
        var shard = await decisions.TakeAsync(_store, customer.Shard);
        return await decisions.AppendAsync(new DecisionBatch
        {
            Store = _store,
            Shard = customer.Shard,
            Writer = shard.Writer,
            After = shard.UpTo,
            UpTo = shard.UpTo + 1,
            Day = new DateOnly(2026, 1, 5),
            Candidates = 1,
            Price = new BudgetPrice(0, 100, 1),
            Decisions = [record],
        });
    }

    // A draw of the holdout that alternates.
    private static DecisionInputs Inputs(CustomerId customer, long revision, int number) => new()
    {
        Customer = customer,
        Occasion = new Occasion("entered 1"),
        HappenedAt = Sent.Start,
        HappenedBy = "time",
        At = Sent.Start,
        Revision = revision,
        Mode = PolicyMode.Live,
        Terms = PolicyTerms.Default with { Control = new ControlGroup(0) },
        Day = new DateOnly(2026, 1, 5),
        Currency = "USD",
        Facts = new DecisionFacts { Sequence = 1, Day = new DateOnly(2026, 1, 5), Lifecycle = Lifecycle.AtRisk },
        Condition = true,
        Audience = true,
        Consent = ConsentStanding.Granted,
        Zone = "America/New_York",
        Effect = new PolicyEffect(10, 4, EffectUnit.Amount, EffectSource.Assumed),
        Draws = new DecisionDraws(number % 2 == 0 ? 0 : 999_999, 999_999, "control", 1),
    };
}
