using System.Text.Json;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Policies.Tests;

/// <summary>Small valid policies and inputs.</summary>
internal static class Decided
{
    public static readonly StoreId Shop = new("shop");
    public static readonly DateTimeOffset Now = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);

    public static PolicyAction Action(decimal cost = 2, decimal gain = 10, EffectUnit unit = EffectUnit.Amount) => new()
    {
        Channel = ActionChannel.Email,
        Topic = "win-back",
        Payload = JsonElement.Parse("{}"),
        Cost = Currency.Of("EUR").Round(cost),
        Effect = Effect((double)gain, unit),
    };

    public static PolicyEffect Effect(double mean, EffectUnit unit = EffectUnit.Amount) => new(mean, 0, unit, EffectSource.Assumed);

    public static Policy Policy(PolicyAction? action = null, string id = "win-back") => new()
    {
        Id = new PolicyId(id),
        Trigger = new PolicyTrigger { Kind = TriggerKind.RuleHolds, Rule = "pAlive < 0.4" },
        Budget = new PolicyBudget(new Money(100_000)),
        Holdout = 0,
        Exploration = 0,
        Steps = [new ActStep(action ?? Action())],
    };

    public static DecisionInputs Inputs(
        string customer = "anna", string cause = "policy/win-back entered 1", PolicyEffect? effect = null) => new()
        {
            Customer = CustomerId.OfUser(Shop, customer),
            Occasion = new Occasion(cause),
            HappenedAt = Now,
            HappenedBy = "time",
            At = Now,
            Revision = 1,
            Mode = PolicyMode.Live,
            Terms = PolicyTerms.Default with { Control = new ControlGroup(0) },
            Day = new DateOnly(2026, 6, 15),
            Currency = "EUR",
            Facts = new DecisionFacts
            {
                Sequence = 3,
                Day = new DateOnly(2026, 6, 15),
                Value = new Money(20_000),
                AtRisk = new Money(30_000),
                Alive = .4,
                Lifecycle = Lifecycle.AtRisk,
            },
            Condition = true,
            Audience = true,
            Consent = ConsentStanding.Granted,
            Zone = "Europe/Berlin",
            Effect = effect ?? Effect(10),
            Draws = new DecisionDraws(500_000, 500_000, "control", .5),
        };

    public static string Text(Decision decision) => JsonSerializer.Serialize(decision, PoliciesJson.Default.Decision);
}
