using System.Text.Json;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Storage.Policies;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>A policy and what it did.</summary>
/// <param name="Policy">Its name.</param>
/// <param name="Revision">Number of its definition.</param>
/// <param name="DefinedAt">When it was defined so.</param>
/// <param name="Mode">Shadow, Live, Paused or Stopped.</param>
/// <param name="ModeSince">Since when.</param>
/// <param name="Cost">What its actions cost so far.</param>
/// <param name="Budget">What it may spend in the present period of its budget; null where its definition cannot be read.</param>
/// <param name="Spent">What it has spent of it.</param>
/// <param name="Assumed">The effect that its first action states; null where its definition cannot be read.</param>
/// <param name="Decisions">How often it decided what, and why.</param>
/// <param name="Definition">The definition as it was written.</param>
internal sealed record PolicyReply(
    string Policy, long Revision, DateTimeOffset DefinedAt, PolicyMode Mode, DateTimeOffset ModeSince, decimal Cost,
    decimal? Budget, decimal Spent, PolicyEffect? Assumed, IReadOnlyList<DecisionTally> Decisions, JsonElement Definition)
{
    /// <summary>The reply of what is kept.</summary>
    /// <param name="record">The policy as it is kept.</param>
    /// <param name="policy">As it is defined; null where that cannot be read.</param>
    /// <param name="counts">What was decided.</param>
    /// <param name="spending">What was spent.</param>
    /// <param name="day">The store's day.</param>
    /// <param name="currency">The store's currency.</param>
    public static PolicyReply Of(
        PolicyRecord record, Policy? policy, IReadOnlyList<DecisionCount> counts, StoreSpending spending, DateOnly day, Currency currency)
    {
        var own = counts.Where(c => c.Policy == record.Id).ToList();
        return new PolicyReply(
            record.Id.Value, record.Revision, record.At, record.Mode, record.ModeSince,
            currency.ToMajor(own.Aggregate(Money.Zero, (sum, c) => sum + c.Cost)),
            policy is null ? null : currency.ToMajor(policy.Budget.Amount),
            policy is null ? 0 : currency.ToMajor(spending.Spent.GetValueOrDefault((record.Id, DecisionCharge.PeriodOn(policy, day)))),
            policy is null ? null : PolicyFlow.Actions(policy).First().Action.Effect,
            [.. own.Select(c => new DecisionTally(c.Outcome, c.Reason, c.Decisions))],
            JsonElement.Parse(record.Definition));
    }
}
