using System.Text.Json;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Storage.Policies;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Storage.Conformance;

/// <summary>Small valid policies and decisions.</summary>
public static class SamplePolicies
{
    /// <summary>The policy of most tests.</summary>
    public static PolicyId Id { get; } = new("win-back");

    /// <summary>An action that costs 2.00 and brings 10.00, within a budget of 10.00.</summary>
    public static Policy Policy { get; } = new()
    {
        Id = Id,
        Trigger = new PolicyTrigger { Kind = TriggerKind.RuleHolds, Rule = "pAlive < 0.4" },
        Budget = new PolicyBudget(new Money(1_000)),
        Holdout = 0,
        Exploration = 0,
        Reentry = Reentry.Always,
        Steps =
        [
            new ActStep(new PolicyAction
            {
                Channel = ActionChannel.Email,
                Topic = "win-back",
                Payload = JsonElement.Parse("{}"),
                Cost = new Money(200),
                Effect = new PolicyEffect(10, 0, EffectUnit.Amount, EffectSource.Assumed),
            }),
        ],
    };

    /// <summary>A policy as it is kept.</summary>
    public static PolicyRecord Record(string id = "win-back", string definition = "{}") =>
        new() { Id = new PolicyId(id), Definition = definition, At = Sample.Time, ModeSince = Sample.Time };

    /// <summary>A decision that acts, for a customer of the store whose sequence is known.</summary>
    public static Decision Decision(string customer, long sequence, string cause = "a", Policy? policy = null, DateTimeOffset? at = null) =>
        DecisionRule.Decide(policy ?? Policy, Inputs(Sample.Customer(customer), sequence, cause, at ?? Sample.Time));

    /// <summary>What a decision rests on.</summary>
    public static DecisionInputs Inputs(CustomerId customer, long sequence, string cause, DateTimeOffset at) => new()
    {
        Customer = customer,
        Occasion = new Occasion(cause),
        HappenedAt = at,
        HappenedBy = "time",
        At = at,
        Revision = 1,
        Mode = PolicyMode.Live,
        Terms = PolicyTerms.Default with { Control = new ControlGroup(0) },
        Day = DateOnly.FromDateTime(at.UtcDateTime),
        Currency = "USD",
        Facts = new DecisionFacts { Sequence = sequence, Day = DateOnly.FromDateTime(at.UtcDateTime), Lifecycle = Lifecycle.AtRisk },
        Condition = true,
        Audience = true,
        Consent = ConsentStanding.Granted,
        Zone = "Etc/UTC",
        Effect = new PolicyEffect(10, 0, EffectUnit.Amount, EffectSource.Assumed),
        Draws = new DecisionDraws(0, 0, "control", 0),
    };

    /// <summary>A batch of decisions in the shard of a customer.</summary>
    public static DecisionBatch Batch(long writer, string shard, params Decision[] decisions) => new()
    {
        Store = Sample.Shop,
        Shard = Sample.Customer(shard).Shard,
        Writer = writer,
        After = 0,
        UpTo = 1,
        Day = new DateOnly(2026, 3, 1),
        Candidates = decisions.Length,
        Price = new BudgetPrice(0, 100, 1),
        Decisions = [.. decisions.Select(d => new DecisionRecord(d, DecisionCharge.Of(Policy, d)))],
    };

    /// <summary>Somebody who is under way.</summary>
    public static Enrollment Enrollment(string customer, DateTimeOffset due, string policy = "win-back") => new(
        Sample.Customer(customer), new PolicyId(policy), 1, new Occasion("a", "1"), Sample.Time, "time", Sample.Time, 0, due,
        IsShadow: false);
}
