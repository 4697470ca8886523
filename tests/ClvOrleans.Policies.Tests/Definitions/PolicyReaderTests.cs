using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Events;
using ClvOrleans.Policies.Definitions;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Policies.ReadyMade;
using ClvOrleans.Valuation.Rules;

namespace ClvOrleans.Policies.Tests.Definitions;

/// <summary>A definition is read, or refused with every mistake, its place and what to write.</summary>
public sealed class PolicyReaderTests
{
    private const string Do = """ "do": { "channel": "email", "topic": "news", "cost": 2.5, "effect": { "shareOfValue": 0.05 } } """;
    private const string Rest = $$""" "id": "a", "when": { "pAliveBelow": 0.4 }, "budget": { "amount": 100 }, {{Do}} """;
    private static readonly PolicyReader Reader = new(CustomerRules.For(Currency.Of("EUR")), ["vip", "lost-ones"]);

    [Fact]
    public void A_full_definition_is_read_as_it_is_written()
    {
        var policy = Reader.Read("""
            {
              "id": "win-back", "name": "Win back", "when": { "entered": "vip" }, "audience": "orders > 2", "goal": "orders > 9",
              "endsWithOrder": false,
              "steps": [
                { "wait": "3 days" },
                { "branch": [ { "if": "predictedValue > 500", "steps": [
                  { "do": { "channel": "webhook", "topic": "call", "cost": 0, "effect": { "amount": 3, "sd": 1 }, "transactional": true } } ] } ],
                  "else": [ { "wait": "2 weeks" } ] }
              ],
              "budget": { "amount": 1000.50, "days": 30 }, "coolDownDays": 7, "cap": { "most": 2, "days": 90 }, "dayCap": 100,
              "quietHours": { "from": "22:00", "to": "08:00", "then": "drop" }, "reentry": 180, "holdout": 0.2, "exploration": 0.01,
              "waitingDays": 14, "starts": "2026-01-01T00:00:00Z", "ends": "2026-12-01T08:00:00+01:00"
            }
            """);
        Assert.Equal(
            ("win-back", "Win back", TriggerKind.SegmentEntered, "vip"),
            (policy.Id.Value, policy.Name, policy.Trigger.Kind, policy.Trigger.Segment));
        Assert.Equal(
            (new Money(100_050), 30, 7, 100, 180),
            (policy.Budget.Amount, policy.Budget.Days, policy.CoolDownDays, policy.DayCap, policy.Reentry.AfterDays));
        Assert.Equal(new QuietHours(new TimeOnly(22, 0), new TimeOnly(8, 0), Drops: true), policy.QuietHours);
        Assert.Equal((.2, .01, 14, false), (policy.Holdout, policy.Exploration, policy.WaitingDays, policy.EndsWithOrder));
        Assert.Equal(new DateTimeOffset(2026, 12, 1, 7, 0, 0, TimeSpan.Zero), policy.Ends);
        Assert.Equal(new WaitStep(TimeSpan.FromDays(3)), policy.Steps[0]);
        var (place, action) = Assert.Single(PolicyFlow.Actions(policy));
        Assert.Equal(
            ("1.0.0", ActionChannel.Webhook, true, 3.0, 1.0),
            (place, action.Channel, action.IsTransactional, action.Effect.Mean, action.Effect.Sd));
    }

    [Fact]
    public void Defaults_are_those_that_do_least()
    {
        var policy = Reader.Read($"{{ {Rest} }}");
        Assert.Equal(
            (Reentry.Never, .1, .02, true, 0),
            (policy.Reentry, policy.Holdout, policy.Exploration, policy.EndsWithOrder, policy.WaitingDays));
        Assert.Equal(
            new PolicyEffect(.05, 0, EffectUnit.ShareOfValue, EffectSource.Assumed), PolicyFlow.Actions(policy).Single().Action.Effect);
    }

    [Theory]
    [InlineData("""{ "pAliveBelow": 0.4 }""", "pAlive < 0.4")]
    [InlineData("""{ "since": "lastPurchase", "days": 90 }""", "today - lastPurchase >= 90")]
    [InlineData("""{ "rule": "orders > 3" }""", "orders > 3")]
    public void Conditions_that_hold_are_rules(string when, string rule) => Assert.Equal(
        (TriggerKind.RuleHolds, rule), With(when).Trigger is var t ? (t.Kind, t.Rule) : default);

    [Fact]
    public void Values_that_move_and_events_that_happen_are_conditions_too()
    {
        Assert.Equal((true, .2, (Money?)null), With("""{ "valueFallsBy": "20%" }""").Trigger is var fall
            ? (fall.IsFall, fall.ByShare!.Value, fall.ByAmount)
            : default);
        Assert.Equal((false, (double?)null, new Money(5_000)), With("""{ "valueRisesBy": 50 }""").Trigger is var rise
            ? (rise.IsFall, rise.ByShare, rise.ByAmount!.Value)
            : default);
        Assert.Equal(
            (EventKind.OrderCompleted, "orders = 1"),
            With("""{ "event": "OrderCompleted", "where": "orders = 1" }""").Trigger is var happened
                ? (happened.Event!.Value, happened.Rule)
                : default);
    }

    [Theory]
    [InlineData(
        $$"""{ "id": "a", "when": { "pAliveBelow": 0.4 }, {{Do}} }""",
        "budget: It is missing: what the policy may spend, such as { \"amount\": 5000, \"days\": 30 }.")]
    [InlineData($$"""{ {{Rest}}, "budgett": 3 }""", "budgett: There is no such field. Did you mean budget?")]
    [InlineData(
        $$"""{ {{Rest}}, "audience": "predictdValue > 3" }""",
        "audience: line 1, column 1: There is no field predictdValue. Did you mean predictedValue?")]
    [InlineData($$"""{ {{Rest}}, "audience": "orders > 'a'" }""", "audience: line 1, column 8: '>' cannot compare a number with a text.")]
    [InlineData($$"""{ {{Rest}}, "holdout": 1 }""", "holdout: A number from 0 to 0.9 was expected, not 1.")]
    [InlineData(
        $$"""{ {{Rest}}, "quietHours": { "from": "22", "to": "08:00" } }""",
        "quietHours.from: A time of the day such as \"22:00\" was expected.")]
    [InlineData(
        $$"""{ {{Rest}}, "quietHours": { "from": "08:00", "to": "08:00" } }""",
        "quietHours.to: It must differ from \"from\": a policy that is always quiet never acts.")]
    [InlineData($$"""{ {{Rest}}, "reentry": "sometimes" }""", "reentry: \"never\", \"always\" or a number of days was expected.")]
    [InlineData($$"""{ {{Rest}}, "cap": { "most": 0, "days": 1 } }""", "cap.most: A whole number from 1 to 100 was expected, not 0.")]
    [InlineData(
        $$"""{ {{Rest}}, "starts": "2026-01-02T00:00:00Z", "ends": "2026-01-01T00:00:00Z" }""", "ends: It must be later than starts.")]
    [InlineData(
        $$"""{ {{Rest}}, "starts": "2026-01-02" }""", "starts: An instant such as 2026-12-01T08:00:00Z was expected, not '2026-01-02'.")]
    [InlineData($$"""{ {{Rest}}, "steps": [] }""", "steps: It cannot be beside do: choose one of them.")]
    [InlineData($$"""{ {{Rest}}, "name": "\ud800" }""", "name: It is not valid Unicode.")]
    [InlineData($$"""{ {{Rest}}, "\udc00": 1 }""", "A name of a member: It is not valid Unicode.")]
    [InlineData("[1]", "An object in braces was expected, not a list.")]
    [InlineData("{", null)]
    [InlineData("""{ "id": "a", "id": "b" }""", null)]
    public void A_mistake_is_named_with_its_place_and_what_to_write(string definition, string? message)
    {
        var mistakes = Assert.Throws<PolicyException>(() => Reader.Read(definition)).Mistakes;
        Assert.Equal(message ?? mistakes[0].ToString(), Assert.Single(mistakes).ToString());
        Assert.True(message is not null || mistakes[0].Message.StartsWith("It is not JSON", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{ "entered": "vipp" }""", "when.entered: There is no segment vipp. Did you mean vip?")]
    [InlineData(
        """{ "event": "Order Complete" }""", "when.event: There is no kind of event 'Order Complete'. Did you mean OrderCompleted?")]
    [InlineData("""{ "entered": "vip", "left": "vip" }""", "when.left: It cannot be beside entered: choose one of them.")]
    [InlineData(
        """{ "since": "birthday", "days": 3 }""", "when.since: One of firstSeen, lastSeen, firstPurchase, lastPurchase was expected.")]
    [InlineData(
        """{ "valueFallsBy": "20" }""", "when.valueFallsBy: A share such as \"20%\" or an amount such as 50 was expected, above 0.")]
    [InlineData("""{ "rule": "1 / 0 > 1" }""", null)]
    public void A_wrong_condition_is_named(string when, string? message)
    {
        var mistakes = Assert.Throws<PolicyException>(() => With(when)).Mistakes;
        Assert.Equal(message ?? mistakes[0].ToString(), Assert.Single(mistakes).ToString());
    }

    [Fact]
    public void All_mistakes_are_named_at_once()
    {
        var mistakes = Assert.Throws<PolicyException>(() => Reader.Read("""
            { "id": "A", "steps": [ { "do": { "channel": "fax", "topic": "N", "cost": -1, "effect": { "amount": 1, "share": 2 }, "payload": "{{name}}" } },
              { "wait": "soon" } ], "budget": { } }
            """)).Mistakes;
        Assert.Equal(
            [
                "id", "when", "steps[0].do.channel", "steps[0].do.topic", "steps[0].do.cost", "steps[0].do.effect.share",
                "steps[0].do.payload", "steps[1].wait", "steps", "budget.amount",
            ],
            mistakes.Select(m => m.Path));
    }

    [Fact]
    public void Every_ready_made_definition_can_be_used_as_it_is()
    {
        Assert.Equal(
            [
                "personal-service", "price-sensitive", "replenishment", "second-purchase", "sunset-the-lost", "thank-the-best", "win-back",
            ],
            ReadyMadePolicies.All.Keys);
        foreach (var (name, definition) in ReadyMadePolicies.All)
        {
            var policy = Reader.Read(definition);
            Assert.Equal(name, policy.Id.Value);
            Assert.All(PolicyFlow.Actions(policy), a => Assert.Equal(EffectSource.Assumed, a.Action.Effect.Source));
        }
    }

    private static Policy With(string when) => Reader.Read($$"""{ "id": "a", "when": {{when}}, "budget": { "amount": 100 }, {{Do}} }""");
}
