using System.Collections.Immutable;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Policies;

namespace ClvOrleans.Storage.Policies;

/// <summary>What all policies have decided for a customer, under all identities that are the customer now.</summary>
/// <param name="Decisions">The decisions that were not suppressed, the earliest first.</param>
/// <param name="Contacts">How often they are reached, by channel and day of their calendar.</param>
/// <param name="Enrolled">The policies in which they are under way.</param>
public sealed record CustomerPast(
    ImmutableArray<PastDecision> Decisions, ImmutableArray<(ActionChannel Channel, ContactDay Day)> Contacts,
    ImmutableArray<PolicyId> Enrolled)
{
    /// <summary>Nothing.</summary>
    public static CustomerPast None { get; } = new([], [], []);

    /// <summary>The part of one policy.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="isShadow">Whether it only looks on: then what it would have done counts, and otherwise what it did.</param>
    /// <param name="now">The time: an action that is due later is under way.</param>
    public PolicyPast Of(Policy policy, bool isShadow, DateTimeOffset now)
    {
        var own = Decisions.Where(d => d.Policy == policy.Id && d.IsShadow == isShadow).ToList();
        var entries = own.Where(d => d.IsEntry && !d.IsGivenBack).ToList();
        var acted = own.Where(d => d.Outcome is DecisionOutcome.Acted or DecisionOutcome.Shadow && !d.IsGivenBack).ToList();
        return new PolicyPast(
            entries.Count,
            entries.Count == 0 ? null : entries.Max(e => e.At),
            [.. acted.Select(d => d.DueAt!.Value).Order().TakeLast(policy.CustomerCap?.Most ?? 1)],
            Enrolled.Contains(policy.Id) || acted.Any(d => d.DueAt > now),
            own.Any(d => d.Reason == DecisionReason.Holdout));
    }

    /// <summary>With one more decision.</summary>
    public CustomerPast With(DecisionRecord record)
    {
        if (record.Decision.Outcome == DecisionOutcome.Suppressed)
        {
            return this;
        }

        var past = this with { Decisions = Decisions.Add(PastDecision.Of(record)) };
        return record.Charge is { Channel: { } channel } charge
            ? past with { Contacts = past.Contacts.Add((channel, new ContactDay(charge.ContactDay, 1))) }
            : past;
    }
}
