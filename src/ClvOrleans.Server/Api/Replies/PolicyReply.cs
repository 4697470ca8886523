using System.Text.Json;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Policies;
using ClvOrleans.Storage.Policies;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>A policy and what it did.</summary>
/// <param name="Policy">Its name.</param>
/// <param name="Revision">Number of its definition.</param>
/// <param name="DefinedAt">When it was defined so.</param>
/// <param name="Mode">Shadow, Live, Paused or Stopped.</param>
/// <param name="ModeSince">Since when.</param>
/// <param name="Cost">What its actions cost so far.</param>
/// <param name="Decisions">How often it decided what, and why.</param>
/// <param name="Definition">The definition as it was written.</param>
internal sealed record PolicyReply(
    string Policy, long Revision, DateTimeOffset DefinedAt, PolicyMode Mode, DateTimeOffset ModeSince, decimal Cost,
    IReadOnlyList<DecisionTally> Decisions, JsonElement Definition)
{
    public static PolicyReply Of(PolicyRecord record, IReadOnlyList<DecisionCount> counts, Currency currency)
    {
        var own = counts.Where(c => c.Policy == record.Id).ToList();
        return new PolicyReply(
            record.Id.Value, record.Revision, record.At, record.Mode, record.ModeSince,
            currency.ToMajor(own.Aggregate(Money.Zero, (sum, c) => sum + c.Cost)),
            [.. own.Select(c => new DecisionTally(c.Outcome, c.Reason, c.Decisions))],
            JsonElement.Parse(record.Definition));
    }
}
