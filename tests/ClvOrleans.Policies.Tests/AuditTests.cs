using System.Collections.Immutable;
using System.Text.Json;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Valuation.Segments;
using CsCheck;

namespace ClvOrleans.Policies.Tests;

/// <summary>What is kept of a decision gives the same decision again, bit for bit.</summary>
public sealed class AuditTests
{
    private static readonly string[] Zones = ["Europe/Berlin", "Asia/Kathmandu", "America/New_York", "Etc/UTC", "Australia/Lord_Howe"];

    private static readonly Gen<bool?> Maybe = Gen.Int[0, 8].Select(i => i == 0 ? false : i == 1 ? (bool?)null : true);

    private static readonly Gen<DateTimeOffset> Instant = Gen.Long[0, 400L * 24 * 60].Select(m => Decided.Now.AddDays(-200).AddMinutes(m));

    private static readonly Gen<PolicyEffect> Effects =
        from mean in Gen.Double[-1, 20]
        from unit in Gen.Enum<EffectUnit>()
        from source in Gen.Enum<EffectSource>()
        select new PolicyEffect(
            unit == EffectUnit.Amount ? mean : mean / 50, .1, unit, source, source == EffectSource.Measured ? "reading" : null);

    private static readonly Gen<Policy> Policies =
        from cost in Gen.Int[0, 500]
        from transactional in Gen.Int[0, 9]
        from quiet in Gen.Int[0, 23]
        from drops in Gen.Bool
        from holdout in Gen.Double[0, .5]
        from exploration in Gen.Double[0, .05]
        from reentry in Gen.Int[0, 3]
        from caps in Gen.Int[0, 9]
        select Decided.Policy(Decided.Action(cost / 100m) with { IsTransactional = transactional == 0 }) with
        {
            QuietHours = quiet < 12 ? new QuietHours(new TimeOnly(quiet, 0), new TimeOnly(quiet + 9, 30), drops) : null,
            Holdout = holdout,
            Exploration = exploration,
            Reentry = reentry == 0 ? Reentry.Never : new Reentry(reentry * 10),
            CoolDownDays = caps,
            CustomerCap = caps > 5 ? new CustomerCap(1 + (caps % 3), 30) : null,
            DayCap = caps > 7 ? 50 : null,
            Starts = caps == 9 ? Decided.Now.AddDays(-30) : null,
            WaitingDays = caps * 2,
        };

    private static readonly Gen<DecisionInputs> Inputs =
        from at in Instant
        from zone in Gen.Int[0, 4].Select(i => Zones[i])
        from effect in Effects
        from alive in Gen.Double[0, 1]
        from value in Gen.Long[0, 5_000_000]
        from truth in Gen.Select(Maybe, Maybe, Gen.Int[0, 9], Gen.Int[0, 9])
        from mode in Gen.Int[0, 9]
        from consent in Gen.Int[0, 5]
        from price in Gen.Double[0, 5]
        from draws in Gen.Select(Gen.Int[0, 999_999], Gen.Int[0, 999_999], Gen.Double[0, .2])
        from past in Gen.Int[0, 60].Array[0, 3]
        from spent in Gen.Long[0, 110_000]
        from contacts in Gen.Int[0, 3]
        select Decided.Inputs() with
        {
            At = at,
            Zone = zone,
            ZoneSource = ZoneSource.Event,
            Effect = effect,
            Facts = new DecisionFacts
            {
                Sequence = 7,
                Day = new DateOnly(2026, 6, 1),
                Before = new Money(value / 2),
                Value = new Money(value),
                Lower = Money.Zero,
                Upper = new Money(value * 2),
                AtRisk = new Money((long)(value * (1 - alive))),
                Alive = alive < .05 ? null : alive,
                Lifecycle = Lifecycle.Cooling,
                Model = "m-1",
                Generation = 3,
            },
            Condition = truth.Item1,
            Audience = truth.Item2,
            HasReachedGoal = truth.Item3 == 0,
            IsEntry = truth.Item4 > 2,
            Mode = mode < 7 ? PolicyMode.Live : mode < 9 ? PolicyMode.Shadow : PolicyMode.Paused,
            Consent = consent == 0 ? ConsentStanding.Denied : ConsentStanding.Granted,
            ConsentSince = at.AddDays(-3),
            Price = price,
            Draws = new DecisionDraws(draws.Item1, draws.Item2, "control/91/8123", draws.Item3),
            Past = new PolicyPast(
                past.Length, past.Length == 0 ? null : at.AddDays(-past.Max()), [.. past.Order().Reverse().Select(d => at.AddDays(-d))],
                IsPending: past.Length == 3 && past[0] == 0, IsHeldOut: past.Length > 0 && past[0] == 1),
            Spent = new Money(spent),
            Terms = PolicyTerms.Default with
            {
                ChannelCaps = PolicyTerms.Default.ChannelCaps.Add(ActionChannel.Email, 2),
                Control = new ControlGroup(.05),
            },
            Contacts = [new ContactDay(DateOnly.FromDateTime(at.UtcDateTime), contacts)],
            Waiting = truth.Item3 > 6 ? new WaitingFacts(14, alive * .3, alive * .7, .99) : null,
            Rival = truth.Item4 == 9 ? new PolicyId("thanks") : null,
        };

    [Fact]
    public void A_kept_decision_recomputes_to_itself() => Gen.Select(Policies, Inputs).Sample(
        (policy, inputs) =>
        {
            var text = Decided.Text(DecisionRule.Decide(policy, inputs));
            var kept = JsonSerializer.Deserialize(text, PoliciesJson.Default.Decision)!;
            Assert.Equal(text, Decided.Text(DecisionRule.Decide(policy, kept.Inputs)));
        },
        iter: 20_000);

    [Fact]
    public void No_decision_breaks_what_must_hold()
    {
        var outcomes = new HashSet<(DecisionOutcome, DecisionReason)>();
        Gen.Select(Policies, Inputs).Sample(
            (policy, inputs) =>
            {
                var decision = DecisionRule.Decide(policy, inputs);
                lock (outcomes)
                {
                    outcomes.Add((decision.Outcome, decision.Reason));
                }

                Assert.InRange(decision.Propensity, 0, 1);
                if (decision.Outcome is not (DecisionOutcome.Acted or DecisionOutcome.HeldOut or DecisionOutcome.Shadow))
                {
                    return;
                }

                var action = ((ActStep)policy.Steps[0]).Action;
                Assert.True(decision.ExpectedMargin.Minor >= decision.Cost.Minor - 1);
                Assert.True(inputs.Spent + action.Cost <= policy.Budget.Amount);
                Assert.True(decision.Propensity > 0);
                Assert.Equal((true, true, false), (inputs.Condition, inputs.Audience, inputs.HasReachedGoal));
                if (!action.IsTransactional)
                {
                    Assert.Equal(ConsentStanding.Granted, inputs.Consent);
                    Assert.False(
                        policy.QuietHours?.Contain(decision.DueAt!.Value, TimeZoneInfo.FindSystemTimeZoneById(inputs.Zone)) ?? false);
                    Assert.All(inputs.Past.Actions, a => Assert.True(decision.DueAt >= a.AddDays(policy.CoolDownDays)));
                }
            },
            iter: 20_000);
        Assert.Superset(
            new HashSet<(DecisionOutcome, DecisionReason)>
            {
                (DecisionOutcome.Acted, DecisionReason.Worthwhile), (DecisionOutcome.HeldOut, DecisionReason.Holdout),
                (DecisionOutcome.HeldOut, DecisionReason.ControlGroup), (DecisionOutcome.Shadow, DecisionReason.Worthwhile),
                (DecisionOutcome.Waiting, DecisionReason.WaitingPays), (DecisionOutcome.Suppressed, DecisionReason.QuietHours),
                (DecisionOutcome.Suppressed, DecisionReason.Price), (DecisionOutcome.Suppressed, DecisionReason.Unprofitable),
                (DecisionOutcome.Suppressed, DecisionReason.ChannelCap), (DecisionOutcome.Suppressed, DecisionReason.CoolDown),
                (DecisionOutcome.Suppressed, DecisionReason.Budget), (DecisionOutcome.Suppressed, DecisionReason.Pending),
            },
            outcomes);
    }
}
