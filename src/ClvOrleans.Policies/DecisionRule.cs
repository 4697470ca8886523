using ClvOrleans.Domain.Currencies;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Statistics.Experiments;
using ClvOrleans.Statistics.Lifetime;

namespace ClvOrleans.Policies;

/// <summary>Takes decisions. Pure, so that the audit trail of a decision gives it again.</summary>
public static class DecisionRule
{
    /// <summary>How often a decision may be put off by waiting.</summary>
    public const int MostLooks = 12;

    /// <summary>
    /// How near a margin must be to what is asked for at the budget's price for the decision to be drawn, as a share of it.
    /// </summary>
    public const double Border = .25;

    /// <summary>What a policy decides.</summary>
    /// <param name="policy">The policy, in the revision that the inputs name.</param>
    /// <param name="inputs">What is known.</param>
    /// <exception cref="ArgumentException">The policy has no action at the step.</exception>
    public static Decision Decide(Policy policy, DecisionInputs inputs)
    {
        var decision = new Decision
        {
            Id = DecisionId.Of(inputs.Customer, policy.Id, inputs.Occasion),
            Customer = inputs.Customer,
            Policy = policy.Id,
            Outcome = DecisionOutcome.Suppressed,
            Reason = DecisionReason.Worthwhile,
            Inputs = inputs,
        };
        switch (PolicyFlow.StepAt(policy, inputs.Occasion.Step))
        {
            case ActStep { Action: var action }:
                return Act(policy, action, decision);
            case WaitStep { Time: var time }:
                return Refusal(policy, inputs) is { } refusal
                    ? decision with { Reason = refusal }
                    : decision with { Outcome = DecisionOutcome.Waiting, Reason = DecisionReason.Step, DueAt = inputs.At + time };
            default:
                throw new ArgumentException($"Step {inputs.Occasion.Step} of policy {policy.Id} neither acts nor waits.", nameof(inputs));
        }
    }

    private static Decision Act(Policy policy, PolicyAction action, Decision decision)
    {
        var inputs = decision.Inputs;
        var margin = new ExpectedMargin(inputs.Effect, inputs.Facts, Currency.Of(inputs.Currency));
        var cost = (double)action.Cost.Minor;
        var due = policy.QuietHours is { } quiet && !action.IsTransactional ? quiet.EndAfter(inputs.At, ZoneOf(inputs)) : inputs.At;
        decision = decision with
        {
            Cost = action.Cost,
            ExpectedMargin = Money.Rounded(margin.Now),
            Score = new PacedPrice(inputs.Price, 1, 1).Score(new Offer(inputs.Customer.Id, cost, margin.Now - cost)),
        };
        if ((Refusal(policy, inputs) ?? Limit(policy, action, inputs, due)) is { } refusal)
        {
            return decision with { Reason = refusal };
        }

        if (margin.Now < cost || (margin.Now == cost && cost > 0))
        {
            return decision with { Reason = DecisionReason.Unprofitable };
        }

        if (Waits(inputs, margin, cost))
        {
            return decision with
            {
                Outcome = DecisionOutcome.Waiting,
                Reason = DecisionReason.WaitingPays,
                DueAt = inputs.At.AddDays(inputs.Waiting!.Days),
            };
        }

        if (inputs.Rival is not null)
        {
            return decision with { Reason = DecisionReason.Outscored };
        }

        var drawn = Drawn(policy, action, decision, cost);
        return drawn.Outcome == DecisionOutcome.Suppressed ? drawn : drawn with { DueAt = due };
    }

    // What holds for the policy and the customer, whatever the step.
    private static DecisionReason? Refusal(Policy policy, DecisionInputs inputs)
    {
        DecisionReason? found = inputs switch
        {
            { Terms.IsStopped: true } => DecisionReason.KillSwitch,
            { Mode: PolicyMode.Stopped } => DecisionReason.Stopped,
            { Mode: PolicyMode.Paused, IsEntry: true } => DecisionReason.Paused,
            { At: var at } when at < policy.Starts => DecisionReason.NotStarted,
            { At: var at } when at >= policy.Ends => DecisionReason.Ended,
            { HasReachedGoal: true } => DecisionReason.Goal,
            { Condition: not true } => DecisionReason.Condition,
            { Audience: not true } => DecisionReason.Audience,
            { IsEntry: true, Past.IsPending: true } => DecisionReason.Pending,
            _ => null,
        };
        return found ?? (inputs.IsEntry && !MayEnter(policy.Reentry, inputs) ? DecisionReason.Reentry : null);
    }

    private static bool MayEnter(Reentry reentry, DecisionInputs inputs) => inputs.Past.LastEntry is not { } last
        || (reentry.AfterDays is { } days && inputs.At >= last.AddDays(days));

    // What holds for an action at the time at which it would reach the customer.
    private static DecisionReason? Limit(Policy policy, PolicyAction action, DecisionInputs inputs, DateTimeOffset due)
    {
        var past = inputs.Past.Actions;
        var isMarketing = !action.IsTransactional;
        return isMarketing && inputs.Consent != ConsentStanding.Granted ? DecisionReason.Consent
            : due > inputs.At && policy.QuietHours!.Drops ? DecisionReason.QuietHours
            : due >= policy.Ends ? DecisionReason.Ended
            : IsWithin(1, policy.CoolDownDays) ? DecisionReason.CoolDown
            : policy.CustomerCap is { } cap && IsWithin(cap.Most, cap.Days) ? DecisionReason.CustomerCap
            : isMarketing && inputs.Terms.ChannelCaps.TryGetValue(action.Channel, out var most) && ContactsOn(inputs, due) >= most
                ? DecisionReason.ChannelCap
            : inputs.Today >= policy.DayCap ? DecisionReason.DayCap
            : inputs.Spent + action.Cost > policy.Budget.Amount ? DecisionReason.Budget
            : null;

        // Whether so many actions are less than so many days back.
        bool IsWithin(int count, int days) => past.Length >= count && due < past[^count].AddDays(days);
    }

    private static int ContactsOn(DecisionInputs inputs, DateTimeOffset due)
    {
        var day = LocalDay(due, ZoneOf(inputs));
        return inputs.Contacts.Where(c => c.Day == day).Sum(c => c.Count);
    }

    private static bool Waits(DecisionInputs inputs, ExpectedMargin margin, double cost) =>
        inputs.Waiting is { Stays: not false } waiting && inputs.Facts.Alive is { } alive && inputs.Occasion.Look < MostLooks
        && new Waiting(waiting.BuysUnaided, waiting.AliveAfter).Pays(alive, margin.At, cost * (1 + inputs.Price), waiting.Discount);

    // What is drawn: near the border of the price whether to act at all, then whether the customer is held out.
    private static Decision Drawn(Policy policy, PolicyAction action, Decision decision, double cost)
    {
        var inputs = decision.Inputs;
        var pays = decision.Score > 0 || cost == 0;
        if (action.IsTransactional)
        {
            return Taken(decision, pays, pays ? 1 : 0, pays ? DecisionReason.Worthwhile : DecisionReason.Price);
        }

        var asked = cost * (1 + inputs.Price);
        var isNear = cost > 0 && Math.Abs(decision.Score) <= Border * asked;
        var flips = isNear && inputs.Draws.Exploration < policy.Exploration;
        var chance = isNear ? pays ? 1 - policy.Exploration : policy.Exploration : pays ? 1 : 0;
        var propensity = chance * (1 - policy.Holdout) * (1 - inputs.Terms.Control.Share);
        var acts = pays != flips;
        return Taken(decision, acts, propensity, (acts, flips) switch
        {
            (true, true) => DecisionReason.Explored,
            (false, true) => DecisionReason.Withheld,
            (false, false) => DecisionReason.Price,
            _ when inputs.Past.IsInControl || IsPlaced(inputs.Draws.Control, inputs.Terms.Control.Share) => DecisionReason.ControlGroup,
            _ when inputs.Past.IsHeldOut || IsPlaced(inputs.Draws.Holdout, policy.Holdout) => DecisionReason.Holdout,
            _ => DecisionReason.Worthwhile,
        });
    }

    private static Decision Taken(Decision decision, bool acts, double propensity, DecisionReason reason)
    {
        var isHeldOut = reason is DecisionReason.Holdout or DecisionReason.ControlGroup;
        return decision with
        {
            Outcome = !acts ? DecisionOutcome.Suppressed
                : decision.Inputs.Mode == PolicyMode.Shadow ? DecisionOutcome.Shadow
                : isHeldOut ? DecisionOutcome.HeldOut
                : DecisionOutcome.Acted,
            Reason = reason,
            Propensity = propensity,
        };
    }

    private static bool IsPlaced(int place, double share) => place < Math.Round(share * Allocation.Places);

    private static TimeZoneInfo ZoneOf(DecisionInputs inputs) => TimeZoneInfo.FindSystemTimeZoneById(inputs.Zone);

    /// <summary>The day of an instant by the clock of a zone.</summary>
    internal static DateOnly LocalDay(DateTimeOffset instant, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
}
