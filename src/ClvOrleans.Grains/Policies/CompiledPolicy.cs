using System.Collections.Frozen;
using ClvOrleans.Domain.Segments;
using ClvOrleans.Policies;
using ClvOrleans.Valuation.Rules;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Grains.Policies;

/// <summary>A policy with its rules compiled. Immutable.</summary>
internal sealed class CompiledPolicy
{
    private readonly RuleSchema<CustomerFacts> _schema;
    private readonly FrozenDictionary<string, Rule<CustomerFacts>> _rules;

    /// <summary>Compiles a policy.</summary>
    /// <param name="record">As it is kept.</param>
    /// <param name="policy">As it is defined.</param>
    /// <param name="schema">What rules may ask.</param>
    public CompiledPolicy(PolicyRecord record, Policy policy, RuleSchema<CustomerFacts> schema)
    {
        (Record, Policy, _schema) = (record, policy, schema);
        _rules = RulesOf(policy).Distinct(StringComparer.Ordinal).ToFrozenDictionary(r => r, schema.Parse, StringComparer.Ordinal);
        Subject = policy.Trigger.Segment is { } segment
            ? WatchSubject.Of(new SegmentId(segment))
            : new WatchSubject(WatchKind.Policy, policy.Id.Value);
        (Noticed, Condition) = policy.Trigger.Kind switch
        {
            TriggerKind.SegmentEntered => (TransitionKind.Entered, $"'{policy.Trigger.Segment}' in segments"),
            TriggerKind.SegmentLeft => (TransitionKind.Left, $"'{policy.Trigger.Segment}' not in segments"),
            TriggerKind.RuleHolds => (TransitionKind.Entered, policy.Trigger.Rule),
            TriggerKind.ValueMoved => (TransitionKind.Moved, (string?)null),
            _ => (TransitionKind.Happened, null),
        };
    }

    /// <summary>As it is kept.</summary>
    public PolicyRecord Record { get; }

    /// <summary>As it is defined.</summary>
    public Policy Policy { get; }

    /// <summary>Whose transitions it follows.</summary>
    public WatchSubject Subject { get; }

    /// <summary>Which of them.</summary>
    public TransitionKind Noticed { get; }

    /// <summary>The rule that is to hold as long as it is under way; null where it looks at things that happen.</summary>
    public string? Condition { get; }

    /// <summary>The rule that a delivery asks again: condition and audience; null for none.</summary>
    public string? Demand => (Condition, Policy.Audience) switch
    {
        (null, var audience) => audience,
        ({ } condition, null) => condition,
        ({ } condition, { } audience) => $"({condition}) and ({audience})",
    };

    /// <summary>What has to be watched for it; null where it follows a segment.</summary>
    public Watch? Watch => Policy.Trigger switch
    {
        { Kind: TriggerKind.RuleHolds, Rule: { } rule } => new RuleWatch(Subject, Record.Revision, _rules[rule]),
        { Kind: TriggerKind.ValueMoved } move => new ValueWatch(
            Subject, Record.Revision, move.IsFall ? ValueDirection.Down : ValueDirection.Up, move.ByShare, move.ByAmount),
        { Kind: TriggerKind.EventHappened, Event: { } kind } happened =>
            new EventWatch(Subject, Record.Revision, kind, happened.Rule is { } where ? _rules[where] : null),
        _ => null,
    };

    /// <summary>The same policy in another mode.</summary>
    public CompiledPolicy In(PolicyMode mode) => mode == Record.Mode ? this : new(Record with { Mode = mode }, Policy, _schema);

    /// <summary>Whether a transition is one that it looks at.</summary>
    public bool Follows(Transition transition) =>
        transition.Kind == Noticed && transition.Subject == Subject && !transition.IsCarriedOver;

    /// <summary>What a rule of the policy says of a customer; null where it is not known.</summary>
    public bool? Ask(string? rule, CustomerFacts facts) => rule is null ? true : _rules[rule].Evaluate(facts) switch
    {
        Truth.True => true,
        Truth.False => false,
        _ => null,
    };

    private static IEnumerable<string> RulesOf(Policy policy)
    {
        string?[] own = [policy.Trigger.Rule, policy.Audience, policy.Goal];
        string[] segment = policy.Trigger.Segment is { } id ? [$"'{id}' in segments", $"'{id}' not in segments"] : [];
        return [.. own.OfType<string>(), .. segment, .. PolicyFlow.Rules(policy)];
    }
}
