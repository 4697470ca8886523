using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies.Evaluation;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Valuation.Rules;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Policies.Tests.Evaluation;

/// <summary>A policy is judged by what another one has logged, or refused where that cannot be told.</summary>
public sealed class PolicyEvaluatorTests
{
    private static readonly StoreSettings Store = new() { Id = Decided.Shop, Currency = Currency.Of("EUR") };

    // Who has bought twice gains 8.00 by the action, others nothing; it costs 2.00, and a half is held out.
    private static readonly Policy Everybody = Decided.Policy() with { Holdout = .5 };
    private static readonly Policy TheLoyal = Everybody with { Audience = "orders >= 2" };

    [Fact]
    public void The_better_policy_is_told_from_the_log_of_the_worse()
    {
        var evaluation = new PolicyEvaluator(Store, 14).Evaluate(TheLoyal, Everybody, Log(4_000, Everybody));
        Assert.Null(evaluation.Refusal);

        // A third is loyal: (8 - 2) / 3 = 2 against 8 / 3 - 2 = .67 beyond the 10.00 that all spend.
        Assert.InRange(
            evaluation.Proposed!.DoublyRobust, 12 - (4 * evaluation.Proposed.StandardError), 12 + (4 * evaluation.Proposed.StandardError));
        Assert.InRange(
            evaluation.Current!.DoublyRobust, 10.67 - (4 * evaluation.Current.StandardError),
            10.67 + (4 * evaluation.Current.StandardError));
        Assert.True(evaluation.Difference!.Interval.Lower > 0);
        Assert.InRange(evaluation.Proposed.StandardError, .01, .2);
    }

    [Fact]
    public void What_was_never_done_cannot_be_judged()
    {
        var evaluation = new PolicyEvaluator(Store, 14).Evaluate(Everybody, TheLoyal, Log(1_000, TheLoyal));
        Assert.Contains("never taken there", evaluation.Refusal, StringComparison.Ordinal);
        Assert.Contains("never taken there", new PolicyEvaluator(Store, 14).Evaluate(
            Everybody, Everybody, Log(1_000, Everybody, PolicyMode.Shadow)).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Few_decisions_are_refused()
    {
        Assert.Contains(
            "at least 100", new PolicyEvaluator(Store, 14).Evaluate(TheLoyal, Everybody, Log(60, Everybody)).Refusal,
            StringComparison.Ordinal);
        Assert.Contains(
            "at least 2", new PolicyEvaluator(Store, 14).Evaluate(TheLoyal, Everybody, Log(1, Everybody)).Refusal,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Before_the_first_decision_has_its_days_behind_it_the_refusal_says_what_to_do() => Assert.Equal(
        "No decision of the policy has 14 days behind it yet: ask again later, or count fewer days.",
        new PolicyEvaluator(Store, 14).Evaluate(TheLoyal, Everybody, []).Refusal);

    private static List<LoggedPolicyDecision> Log(int count, Policy policy, PolicyMode mode = PolicyMode.Live)
    {
        var random = new Random(11);
        var log = new List<LoggedPolicyDecision>();
        for (var i = 0; i < count; i++)
        {
            var loyal = i % 3 == 0;
            var inputs = Decided.Inputs($"c{i}") with
            {
                Mode = mode,
                Audience = policy.Audience is null || loyal,
                Draws = new DecisionDraws(Assignment.PlaceOf("holdout", CustomerId.OfUser(Decided.Shop, $"c{i}")), 999_999, "control", .5),
            };
            var decision = DecisionRule.Decide(policy, inputs);
            var margin = 1_000 + random.Next(-300, 301) + (decision.Outcome == DecisionOutcome.Acted && loyal ? 800 : 0);
            log.Add(new LoggedPolicyDecision(decision, Facts(inputs, loyal ? 2 : 1), new Money(margin)));
        }

        return log;
    }

    private static CustomerFacts Facts(DecisionInputs inputs, int orders) => new(
        inputs.Customer, new CustomerSummary(),
        new Contribution(
            3, inputs.Day, 0, new SegmentCell(Lifecycle.AtRisk, 0), new SegmentSums { Customers = 1, Orders = orders, Alive = 300_000 }),
        inputs.Day, Store);
}
