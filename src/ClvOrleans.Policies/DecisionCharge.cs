using ClvOrleans.Domain.Currencies;

namespace ClvOrleans.Policies;

/// <summary>What an action takes of the limits, and the limits: whoever keeps the decision keeps to them.</summary>
/// <param name="Amount">Its cost.</param>
/// <param name="Period">Counts the periods of the budget.</param>
/// <param name="Budget">The budget of the period.</param>
/// <param name="Day">The store's day.</param>
/// <param name="DayCap">How often the policy acts on that day; null for no cap.</param>
/// <param name="Channel">The channel; null where the action is no marketing and counts for no cap of a channel.</param>
/// <param name="ContactDay">The day of the customer's calendar on which it reaches them.</param>
/// <param name="ChannelCap">How often the channel reaches them on that day; null for no cap.</param>
public sealed record DecisionCharge(
    Money Amount, int Period, Money Budget, DateOnly Day, int? DayCap, ActionChannel? Channel, DateOnly ContactDay, int? ChannelCap)
{
    /// <summary>What a decision takes; null where it does not act.</summary>
    public static DecisionCharge? Of(Policy policy, Decision decision)
    {
        if (decision.Outcome != DecisionOutcome.Acted
            || PolicyFlow.StepAt(policy, decision.Inputs.Occasion.Step) is not ActStep { Action: var action })
        {
            return null;
        }

        var inputs = decision.Inputs;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(inputs.Zone);
        return new DecisionCharge(
            decision.Cost,
            PeriodOn(policy, inputs.Day),
            policy.Budget.Amount,
            inputs.Day,
            policy.DayCap,
            action.IsTransactional ? null : action.Channel,
            DecisionRule.LocalDay(decision.DueAt!.Value, zone),
            inputs.Terms.ChannelCaps.TryGetValue(action.Channel, out var most) ? most : null);
    }

    /// <summary>
    /// The period of a policy's budget on a day of the store: 0 where the budget is for all time; else counted in the budget's days from
    /// the day of the policy's start, or from 1 January of the year 1.
    /// </summary>
    public static int PeriodOn(Policy policy, DateOnly day) => policy.Budget.Days is { } days
        ? (int)Math.Floor((day.DayNumber - FirstDay(policy)) / (double)days)
        : 0;

    /// <summary>The days of the policy's budget that are left, the day itself counted; null where the budget is for all time.</summary>
    public static int? DaysLeft(Policy policy, DateOnly day) => policy.Budget.Days is { } days
        ? FirstDay(policy) + ((PeriodOn(policy, day) + 1) * days) - day.DayNumber
        : policy.Ends is { } ends ? Math.Max(1, DateOnly.FromDateTime(ends.UtcDateTime).DayNumber - day.DayNumber) : null;

    private static int FirstDay(Policy policy) => policy.Starts is { } starts ? DateOnly.FromDateTime(starts.UtcDateTime).DayNumber : 0;
}
