using System.Collections.Immutable;

namespace ClvOrleans.Policies.Tests;

/// <summary>Where a customer is in the steps of a policy.</summary>
public sealed class PolicyFlowTests
{
    private static readonly ActStep Act = new(Decided.Action());
    private static readonly WaitStep Wait = new(TimeSpan.FromDays(3));

    private static readonly Policy Flow = Decided.Policy() with
    {
        Steps =
        [
            Act,
            Wait,
            new BranchStep(
                [
                    new PolicyBranch("a", [Act, new BranchStep([new PolicyBranch("b", [Wait])], [])]),
                    new PolicyBranch("c", []),
                ],
                [Act]),
            Act,
        ],
    };

    [Theory]
    [InlineData("a b", "0 1 2.0.0 2.0.1.0.0 3")]
    [InlineData("a", "0 1 2.0.0 3")]
    [InlineData("c", "0 1 3")]
    [InlineData("", "0 1 2.2.0 3")]
    public void It_goes_through_the_branches_whose_rules_hold_and_on_after_them(string holding, string places)
    {
        var rules = holding.Split(' ');
        var found = new List<string>();
        for (var place = PolicyFlow.Begin(Flow, rules.Contains); place is not null; place = PolicyFlow.After(Flow, place, rules.Contains))
        {
            found.Add(place);
            Assert.True(PolicyFlow.StepAt(Flow, place) is ActStep or WaitStep);
        }

        Assert.Equal(places, string.Join(' ', found));
    }

    [Theory]
    [InlineData("4")]
    [InlineData("0.0.0")]
    [InlineData("2.3.0")]
    [InlineData("2.0")]
    [InlineData("2.1.0")]
    public void There_is_no_step_elsewhere(string place) => Assert.Null(PolicyFlow.StepAt(Flow, place));

    [Fact]
    public void All_actions_and_rules_are_found()
    {
        Assert.Equal(["0", "2.0.0", "2.2.0", "3"], PolicyFlow.Actions(Flow).Select(a => a.Place));
        Assert.Equal(["a", "b", "c"], PolicyFlow.Rules(Flow));
    }

    [Fact]
    public void A_waiting_step_asks_what_an_action_asks_of_the_customer_but_no_limit()
    {
        var inputs = Decided.Inputs() with { Occasion = new Occasion("x", "1"), Consent = ConsentStanding.Denied };
        var decision = DecisionRule.Decide(Flow, inputs);
        Assert.Equal(
            (DecisionOutcome.Waiting, DecisionReason.Step, (DateTimeOffset?)Decided.Now.AddDays(3)),
            (decision.Outcome, decision.Reason, decision.DueAt));
        Assert.Equal(DecisionReason.Goal, DecisionRule.Decide(Flow, inputs with { HasReachedGoal = true }).Reason);
    }

    [Fact]
    public void Occasions_that_differ_are_decisions_that_differ()
    {
        Occasion[] occasions = [new("a"), new("a", "1"), new("a", "0", 1), new("b")];
        var ids = occasions.Select(o => DecisionId.Of(Decided.Inputs().Customer, Flow.Id, o)).ToImmutableHashSet();
        Assert.Equal(4, ids.Count);
        Assert.Equal(
            DecisionId.Of(Decided.Inputs().Customer, Flow.Id, new Occasion("a")),
            DecisionId.Of(Decided.Inputs().Customer, Flow.Id, new Occasion("a")));
    }
}
