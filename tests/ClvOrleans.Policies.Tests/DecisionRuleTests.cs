using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Policies.Definitions;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Policies.ReadyMade;
using ClvOrleans.Valuation.Rules;

namespace ClvOrleans.Policies.Tests;

/// <summary>What a policy decides, and the reason that is kept.</summary>
public sealed class DecisionRuleTests
{
    private static readonly ContactDay Today = new(new DateOnly(2026, 6, 15), 1);

    [Fact]
    public void Where_all_holds_it_acts() => Assert.Equal(
        (DecisionOutcome.Acted, DecisionReason.Worthwhile, 1.0, new Money(1_000), 800.0),
        Of(Decided.Policy(), i => i) is var d ? (d.Outcome, d.Reason, d.Propensity, d.ExpectedMargin, d.Score) : default);

    public static TheoryData<DecisionReason> Refusals => [.. Cases.Keys];

    private static Dictionary<DecisionReason, (Func<Policy, Policy> Policy, Func<DecisionInputs, DecisionInputs> Inputs)> Cases { get; } =
        new()
        {
            [DecisionReason.KillSwitch] = (p => p, i => i with { Terms = i.Terms with { IsStopped = true } }),
            [DecisionReason.Stopped] = (p => p, i => i with { Mode = PolicyMode.Stopped }),
            [DecisionReason.Paused] = (p => p, i => i with { Mode = PolicyMode.Paused }),
            [DecisionReason.NotStarted] = (p => p with { Starts = Decided.Now.AddTicks(1) }, i => i),
            [DecisionReason.Ended] = (p => p with { Ends = Decided.Now }, i => i),
            [DecisionReason.Goal] = (p => p, i => i with { HasReachedGoal = true }),
            [DecisionReason.Condition] = (p => p, i => i with { Condition = null }),
            [DecisionReason.Audience] = (p => p, i => i with { Audience = false }),
            [DecisionReason.Pending] =
                (p => p with { Reentry = Reentry.Always }, i => i with { Past = Entered(1) with { IsPending = true } }),
            [DecisionReason.Reentry] = (p => p, i => i with { Past = Entered(400) }),
            [DecisionReason.Consent] = (p => p, i => i with { Consent = ConsentStanding.Unknown }),
            [DecisionReason.CoolDown] = (p => p with { CoolDownDays = 2 }, i => i with { Past = Acted(1) }),
            [DecisionReason.CustomerCap] = (p => p with { CustomerCap = new CustomerCap(2, 30) }, i => i with { Past = Acted(29, 3) }),
            [DecisionReason.ChannelCap] = (p => p, i => i with { Terms = Capped(i.Terms), Contacts = [Today] }),
            [DecisionReason.DayCap] = (p => p with { DayCap = 5 }, i => i with { Today = 5 }),
            [DecisionReason.Budget] = (p => p, i => i with { Spent = new Money(99_801) }),
            [DecisionReason.Unprofitable] = (p => p, i => i with { Effect = Decided.Effect(1.99) }),
            [DecisionReason.Price] = (p => p, i => i with { Price = 4 }),
            [DecisionReason.Outscored] = (p => p, i => i with { Rival = new PolicyId("thanks") }),
        };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_refusal_is_kept_with_its_reason_and_had_no_chance(DecisionReason reason)
    {
        var (policy, inputs) = Cases[reason];
        var decision = Of(policy(Decided.Policy()), inputs);
        Assert.Equal(
            (DecisionOutcome.Suppressed, reason, 0.0, (DateTimeOffset?)null),
            (decision.Outcome, decision.Reason, decision.Propensity, decision.DueAt));
    }

    [Fact]
    public void Limits_end_where_they_say()
    {
        Assert.Equal(
            DecisionOutcome.Acted,
            Of(Decided.Policy() with { CoolDownDays = 1, Reentry = Reentry.Always }, i => i with { Past = Acted(1) }).Outcome);
        Assert.Equal(DecisionOutcome.Acted, Of(
            Decided.Policy() with { CustomerCap = new CustomerCap(2, 29), Reentry = Reentry.Always },
            i => i with { Past = Acted(29, 3) }).Outcome);
        Assert.Equal(DecisionOutcome.Acted, Of(Decided.Policy(), i => i with { Spent = new Money(99_800) }).Outcome);
        Assert.Equal(
            DecisionOutcome.Acted, Of(Decided.Policy() with { Reentry = new Reentry(5) }, i => i with { Past = Entered(5) }).Outcome);
        Assert.Equal(
            DecisionReason.Reentry, Of(Decided.Policy() with { Reentry = new Reentry(6) }, i => i with { Past = Entered(5) }).Reason);
    }

    [Fact]
    public void A_contact_of_yesterday_by_the_customers_clock_does_not_count_today()
    {
        // 22:30 UTC is 00:30 of the next day in Berlin.
        var late = new DateTimeOffset(2026, 6, 15, 22, 30, 0, TimeSpan.Zero);
        Assert.Equal(
            DecisionOutcome.Acted, Of(Decided.Policy(), i => i with { At = late, Terms = Capped(i.Terms), Contacts = [Today] }).Outcome);
        Assert.Equal(
            DecisionReason.ChannelCap,
            Of(Decided.Policy(), i => i with { At = late, Zone = "Etc/UTC", Terms = Capped(i.Terms), Contacts = [Today] }).Reason);
    }

    [Fact]
    public void Transactional_messages_need_no_consent_and_know_no_cap_no_holdout_and_no_quiet_hours()
    {
        var policy = Decided.Policy(Decided.Action() with { IsTransactional = true }) with
        {
            QuietHours = new QuietHours(new TimeOnly(0, 0), new TimeOnly(23, 59)),
            Holdout = .9,
        };
        var decision = Of(policy, i => i with
        {
            Consent = ConsentStanding.Denied,
            Terms = Capped(i.Terms) with { Control = new ControlGroup(.5) },
            Contacts = [Today],
            Draws = new DecisionDraws(0, 0, "control", 0),
        });
        Assert.Equal((DecisionOutcome.Acted, 1.0, (DateTimeOffset?)Decided.Now), (decision.Outcome, decision.Propensity, decision.DueAt));
        Assert.Equal(DecisionReason.Budget, Of(policy, i => i with { Spent = new Money(100_000) }).Reason);
    }

    [Theory]
    [InlineData(99_999, 500_000, DecisionOutcome.HeldOut, DecisionReason.Holdout)]
    [InlineData(100_000, 500_000, DecisionOutcome.Acted, DecisionReason.Worthwhile)]
    [InlineData(100_000, 49_999, DecisionOutcome.HeldOut, DecisionReason.ControlGroup)]
    [InlineData(0, 0, DecisionOutcome.HeldOut, DecisionReason.ControlGroup)]
    public void Who_is_held_out_leaves_a_ghost_with_the_chance_that_they_had(
        int holdout, int control, DecisionOutcome outcome, DecisionReason reason)
    {
        var decision = Of(Decided.Policy() with { Holdout = .1 }, i => i with
        {
            Terms = i.Terms with { Control = new ControlGroup(.05) },
            Draws = new DecisionDraws(holdout, control, "control", .5),
        });
        Assert.Equal((outcome, reason), (decision.Outcome, decision.Reason));
        Assert.Equal(.9 * .95, decision.Propensity, 12);
        Assert.Equal(Decided.Now, decision.DueAt);
    }

    [Fact]
    public void Who_was_held_out_once_stays_so_whatever_the_hash_of_another_identity_says() => Assert.Equal(
        DecisionReason.Holdout,
        Of(Decided.Policy() with
        {
            Holdout = .1,
            Reentry = Reentry.Always,
        }, i => i with { Past = Entered(9) with { IsHeldOut = true } }).Reason);

    [Fact]
    public void Who_was_in_the_control_group_stays_in_it_until_the_next_draw() => Assert.Equal(
        (DecisionOutcome.HeldOut, DecisionReason.ControlGroup),
        Of(Decided.Policy() with { Reentry = Reentry.Always }, i => i with { Past = Entered(9) with { IsInControl = true } }) is var d
            ? (d.Outcome, d.Reason)
            : default);

    [Theory]
    [InlineData(.01, 12.4, DecisionOutcome.Suppressed, DecisionReason.Withheld, .98)]
    [InlineData(.02, 12.4, DecisionOutcome.Acted, DecisionReason.Worthwhile, .98)]
    [InlineData(.01, 9.9, DecisionOutcome.Acted, DecisionReason.Explored, .02)]
    [InlineData(.02, 9.9, DecisionOutcome.Suppressed, DecisionReason.Price, .02)]
    [InlineData(.01, 12.6, DecisionOutcome.Acted, DecisionReason.Worthwhile, 1)]
    [InlineData(.01, 7.4, DecisionOutcome.Suppressed, DecisionReason.Price, 0)]
    public void Near_the_border_of_the_price_a_small_share_is_drawn(
        double draw, double gain, DecisionOutcome outcome, DecisionReason reason, double propensity)
    {
        // A cost of 2 at λ 4 asks for 10, and a quarter of that either way is near.
        var decision = Of(Decided.Policy() with { Exploration = .02 }, i => i with
        {
            Effect = Decided.Effect(gain),
            Price = 4,
            Draws = i.Draws with { Exploration = draw },
        });
        Assert.Equal((outcome, reason, propensity), (decision.Outcome, decision.Reason, decision.Propensity));
    }

    [Fact]
    public void No_draw_takes_an_offer_whose_margin_is_below_its_cost() => Assert.Equal(
        DecisionReason.Unprofitable,
        Of(Decided.Policy() with
        {
            Exploration = .05,
        }, i => i with { Effect = Decided.Effect(1.9), Draws = i.Draws with { Exploration = 0 } }).Reason);

    [Fact]
    public void A_shadow_run_keeps_what_would_have_been_done()
    {
        var decision = Of(Decided.Policy(), i => i with { Mode = PolicyMode.Shadow });
        Assert.Equal((DecisionOutcome.Shadow, DecisionReason.Worthwhile, 1.0), (decision.Outcome, decision.Reason, decision.Propensity));
        Assert.Null(DecisionCharge.Of(Decided.Policy(), decision));
    }

    // Acting 3.3: p .6, one order a 30 days, 14 days of waiting: buys unaided .223747, else p' .484704. An effect on the value at risk
    // grows while the customer is silent: with what 60 would bring, .1 x 60 x .4 = 2.4 now, .1 x 60 x .515296 = 3.09 then, at .776253.
    [Theory]
    [InlineData(2, 1, true)]
    [InlineData(1.5, 1, true)]
    [InlineData(.01, .99, false)]
    public void Waiting_is_worth_more_where_the_cost_is_saved_on_those_who_buy_unaided(double cost, double discount, bool waits)
    {
        var decision = Of(Decided.Policy(Decided.Action((decimal)cost)) with { WaitingDays = 14 }, i => i with
        {
            Effect = Decided.Effect(.1, EffectUnit.ShareOfValueAtRisk),
            Facts = i.Facts with { Alive = .6, Value = new Money(3_600), AtRisk = new Money(2_400) },
            Waiting = new WaitingFacts(14, .223747, .484704, discount),
        });
        Assert.Equal(waits ? DecisionOutcome.Waiting : DecisionOutcome.Acted, decision.Outcome);
        Assert.Equal(waits ? Decided.Now.AddDays(14) : Decided.Now, decision.DueAt);
    }

    // A customer of the demo's store, for whom waiting would bring a little more if they were still wanted then.
    [Theory]
    [InlineData(null, DecisionOutcome.Waiting)]
    [InlineData(true, DecisionOutcome.Waiting)]
    [InlineData(false, DecisionOutcome.Acted)]
    public void Win_back_does_not_wait_until_the_customer_is_out_of_its_audience(bool? stays, DecisionOutcome outcome)
    {
        var policy = new PolicyReader(CustomerRules.For(Currency.Of("EUR"))).Read(ReadyMadePolicies.All["win-back"]);
        var decision = Of(policy with { QuietHours = null }, i => i with
        {
            Effect = ((ActStep)policy.Steps[0]).Action.Effect,
            Facts = i.Facts with { Alive = .100304, Value = new Money(1_112), AtRisk = new Money(9_976) },
            Waiting = new WaitingFacts(7, .004206, .096238, .998084) { Stays = stays },
        });
        Assert.Equal((outcome, 798L), (decision.Outcome, (long)decision.ExpectedMargin.Minor));
    }

    [Theory]
    [InlineData(EffectUnit.Amount, 10, 1_000)]
    [InlineData(EffectUnit.ShareOfValue, .05, 1_000)]
    [InlineData(EffectUnit.ShareOfValueAtRisk, .05, 1_500)]
    public void An_effect_is_an_amount_or_a_share(EffectUnit unit, double mean, long minor) => Assert.Equal(
        new Money(minor), Of(Decided.Policy(), i => i with { Effect = Decided.Effect(mean, unit) }).ExpectedMargin);

    private static Decision Of(Policy policy, Func<DecisionInputs, DecisionInputs> change) =>
        DecisionRule.Decide(policy, change(Decided.Inputs()));

    private static PolicyTerms Capped(PolicyTerms terms) => terms with { ChannelCaps = terms.ChannelCaps.SetItem(ActionChannel.Email, 1) };

    private static PolicyPast Entered(int daysAgo) => new(1, Decided.Now.AddDays(-daysAgo), [], IsPending: false, IsHeldOut: false);

    private static PolicyPast Acted(params int[] daysAgo) =>
        PolicyPast.None with { Actions = [.. daysAgo.Select(d => Decided.Now.AddDays(-d))] };
}
