using ClvOrleans.Domain.Policies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Storage.Policies;
using ClvOrleans.Valuation.Rules;

namespace ClvOrleans.Grains.Policies;

/// <summary>Takes the decisions for one customer at one moment, the best policy first where several would act.</summary>
internal sealed class CustomerDecisions(
    StoreSettings store, StorePolicies policies, DecisionSubject subject, CustomerPast past, BatchSpending spending, DateTimeOffset now)
{
    private readonly DateOnly _day = store.DayOf(now);
    private CustomerPast _past = past;

    public List<DecisionRecord> Records { get; } = [];

    public List<Enrollment> Enrolled { get; } = [];

    public List<PolicyId> Ended { get; } = [];

    /// <summary>How many of the decisions a price could matter to.</summary>
    public int Candidates { get; private set; }

    /// <summary>Decides what came at one moment, each policy once.</summary>
    public void Decide(IReadOnlyList<DecisionCandidate> candidates)
    {
        var open = candidates.Select(c => (Candidate: c, Decision: Decide(c, null))).ToList();
        var best = open.Where(o => IsOffer(o.Candidate, o.Decision) && !o.Candidate.IsShadow)
            .OrderByDescending(o => o.Decision.Score).ThenBy(o => o.Decision.Policy.Value, StringComparer.Ordinal)
            .Select(o => (PolicyId?)o.Decision.Policy).FirstOrDefault();
        var decided = open.Select(o =>
            best is not null && best != o.Decision.Policy && IsOffer(o.Candidate, o.Decision) && !o.Candidate.IsShadow
                ? (o.Candidate, Decision: Decide(o.Candidate, best))
                : o).ToList();
        decided.ForEach(d => Add(d.Candidate, d.Decision));
    }

    private static PolicyAction? ActionOf(DecisionCandidate candidate) =>
        (PolicyFlow.StepAt(candidate.Policy.Policy, candidate.Occasion.Step) as ActStep)?.Action;

    // Marketing that would be done, or would if the customer were not held out: of these a customer gets one at a time.
    private static bool IsOffer(DecisionCandidate candidate, Decision decision) =>
        decision.Outcome is DecisionOutcome.Acted or DecisionOutcome.HeldOut or DecisionOutcome.Shadow
        && ActionOf(candidate) is { IsTransactional: false };

    private Decision Decide(DecisionCandidate candidate, PolicyId? rival)
    {
        var inputs = InputsOf(candidate) with { Rival = rival };
        var decision = DecisionRule.Decide(candidate.Policy.Policy, inputs);
        if (decision.Outcome != DecisionOutcome.Suppressed && ActionOf(candidate) is not null)
        {
            inputs = inputs with { Facts = subject.WithInterval(inputs.Facts) };
            decision = DecisionRule.Decide(candidate.Policy.Policy, inputs);
        }

        return decision;
    }

    private DecisionInputs InputsOf(DecisionCandidate candidate)
    {
        var (policy, action, isEntry) = (candidate.Policy.Policy, ActionOf(candidate), candidate.Enrollment is null);
        var customer = candidate.Transition?.Customer ?? subject.Row.Id;
        var consent = action is null ? default : subject.ConsentTo(action);
        var orders = subject.Row.Contribution.Sums.Orders;
        return new DecisionInputs
        {
            Customer = customer,
            Occasion = candidate.Occasion,
            HappenedAt = candidate.HappenedAt,
            HappenedBy = candidate.HappenedBy,
            At = now,
            Revision = candidate.Policy.Record.Revision,
            Mode = candidate.IsShadow && candidate.Policy.Record.Mode == PolicyMode.Live ? PolicyMode.Shadow : candidate.Policy.Record.Mode,
            Terms = policies.Terms,
            Day = _day,
            Currency = store.Currency.Code,
            IsEntry = isEntry,
            Facts = subject.ToFacts(candidate),
            Condition = candidate.Policy.Ask(candidate.Policy.Condition, subject.Facts),
            Audience = candidate.Policy.Ask(policy.Audience, subject.Facts),
            HasReachedGoal = (policy.Goal is { } goal && candidate.Policy.Ask(goal, subject.Facts) == true)
                || (policy.EndsWithOrder && orders > (candidate.Enrollment?.Orders ?? orders)),
            Consent = consent.Standing,
            ConsentSince = consent.Since,
            Zone = subject.Zone.Zone.Id,
            ZoneSource = subject.Zone.Source,
            Effect = action is null
                ? PolicyFlow.Actions(policy).First().Action.Effect
                : policies.EffectOf(policy, candidate.Occasion.Step, action),
            Waiting = action is null ? null : subject.Wait(policy.WaitingDays, f => Wants(candidate.Policy, f)),
            Past = _past.Of(policy, candidate.IsShadow, now) with { IsInControl = _past.IsInControl(candidate.IsShadow, IsOfDraw) },
            Contacts = action is null ? [] : [.. _past.Contacts.Where(c => c.Channel == action.Channel).Select(c => c.Day)],
            Spent = spending.Spent(policy.Id, DecisionCharge.PeriodOn(policy, _day)),
            Today = spending.Actions(policy.Id),
            Price = spending.Price,
            Draws = new DecisionDraws(
                Assignment.PlaceOf(PolicyFlow.HoldoutSaltAt(policy, candidate.Occasion.Step), subject.Row.Id),
                Assignment.PlaceOf(policies.Terms.Control.SaltOn(_day), subject.Row.Id),
                policies.Terms.Control.SaltOn(_day),
                Assignment.DrawOf($"policy/{policy.Id}/exploration", $"{customer.ToText()} {candidate.Occasion}")),
        };
    }

    private static bool Wants(CompiledPolicy policy, CustomerFacts facts) =>
        policy.Ask(policy.Condition, facts) == true && policy.Ask(policy.Policy.Audience, facts) == true;

    private bool IsOfDraw(DateTimeOffset at) => policies.Terms.Control.SaltOn(store.DayOf(at)) == policies.Terms.Control.SaltOn(_day);

    private void Add(DecisionCandidate candidate, Decision decision)
    {
        decision = decision with { Customer = subject.Row.Id };
        var charge = DecisionCharge.Of(candidate.Policy.Policy, decision);
        var record = new DecisionRecord(decision, charge) { Delivery = charge is null ? null : DeliveryOf(candidate, decision) };
        Records.Add(record);
        _past = _past.With(record);
        if (charge is not null)
        {
            spending.Add(decision.Policy, charge);
        }

        Candidates += decision.Inputs.Mode == PolicyMode.Live && decision.Cost.Minor > 0 && decision.Reason
            is DecisionReason.Worthwhile or DecisionReason.Explored or DecisionReason.Withheld or DecisionReason.Price
                or DecisionReason.Budget
            ? 1
            : 0;
        Follow(candidate, decision);
    }

    // Where the customer is from now on.
    private void Follow(DecisionCandidate candidate, Decision decision)
    {
        var policy = candidate.Policy.Policy;
        var isActing = ActionOf(candidate) is not null;
        if (decision.Outcome == DecisionOutcome.Waiting && isActing)
        {
            Enroll(candidate, decision, candidate.Occasion with { Look = candidate.Occasion.Look + 1 }, decision.DueAt!.Value);
            return;
        }

        // What holds for one action only, such as a cap, does not end the way of somebody who is under way.
        var isOver = decision.Outcome == DecisionOutcome.Suppressed && (candidate.Enrollment is null || Ends(decision.Reason));
        var next = isOver ? null : PolicyFlow.After(policy, candidate.Occasion.Step, r => candidate.Policy.Ask(r, subject.Facts) == true);
        if (next is not null)
        {
            Enroll(candidate, decision, candidate.Occasion with { Step = next, Look = 0 }, decision.DueAt ?? now);
        }
        else if (candidate.Enrollment is not null)
        {
            Ended.Add(policy.Id);
        }
    }

    private static bool Ends(DecisionReason reason) => reason
        is DecisionReason.KillSwitch or DecisionReason.Stopped or DecisionReason.Ended or DecisionReason.Goal or DecisionReason.Condition
        or DecisionReason.Audience;

    private void Enroll(DecisionCandidate candidate, Decision decision, Occasion occasion, DateTimeOffset due)
    {
        var enrollment = candidate.Enrollment ?? new Enrollment(
            subject.Row.Id, decision.Policy, candidate.Policy.Record.Revision, occasion, candidate.HappenedAt, candidate.HappenedBy, now,
            subject.Row.Contribution.Sums.Orders, due, candidate.IsShadow);
        Enrolled.Add(enrollment with { Customer = subject.Row.Id, Occasion = occasion, DueAt = due });
        _past = _past with { Enrolled = _past.Enrolled.Contains(decision.Policy) ? _past.Enrolled : _past.Enrolled.Add(decision.Policy) };
    }

    private Delivery DeliveryOf(DecisionCandidate candidate, Decision decision)
    {
        var (policy, action, due) = (candidate.Policy.Policy, ActionOf(candidate)!, decision.DueAt!.Value);
        var isSame = candidate.Transition?.Customer == subject.Row.Id;
        return new Delivery
        {
            Id = DeliveryId.Of(decision.Id),
            Decision = decision.Id,
            Policy = policy.Id,
            Customer = subject.Row.Id,
            Channel = action.Channel,
            Topic = action.Topic,
            IsTransactional = action.IsTransactional,
            Payload = System.Text.Json.JsonElement.Parse(PayloadTemplate.Render(action, decision)),
            CreatedAt = now,
            DueAt = due,
            ExpiresAt = policy.Ends,
            Quiet = action.IsTransactional ? null : policy.QuietHours,
            Condition = candidate.Policy.Demand,
            Goal = policy.Goal,
            GoalAfter = !policy.EndsWithOrder ? null : isSame ? candidate.Transition!.Facts.Sequence : subject.Row.Sequence,
            NextAt = due,
        };
    }
}
