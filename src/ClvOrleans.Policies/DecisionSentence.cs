using System.Globalization;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Policies.Experiments;

namespace ClvOrleans.Policies;

/// <summary>Says in words what was decided, and why.</summary>
public static class DecisionSentence
{
    /// <summary>The sentence.</summary>
    public static string Of(Decision decision) => decision.Outcome switch
    {
        DecisionOutcome.Acted => decision.Reason == DecisionReason.Explored
            ? $"Done by chance, to learn where the border is: {Gain(decision)}."
            : $"Done: {Gain(decision)}.",
        DecisionOutcome.Shadow => $"Would have been done if the policy were live: {Gain(decision)}.",
        DecisionOutcome.HeldOut => decision.Reason == DecisionReason.ControlGroup
            ? $"Held out with the control group of all policies: {Gain(decision)}."
            : $"Held out, to measure the policy: {Gain(decision)}.",
        DecisionOutcome.Waiting => decision.Reason == DecisionReason.WaitingPays
            ? $"Put off until {Time(decision.DueAt)}: waiting tells more about the customer than acting now would bring."
            : $"Under way: the next step is due {Time(decision.DueAt)}.",
        _ => $"Not done: {Why(decision)}.",
    };

    private static string Why(Decision decision) => decision.Reason switch
    {
        DecisionReason.KillSwitch => "all policies are stopped by the kill switch",
        DecisionReason.Paused => "the policy is paused",
        DecisionReason.Stopped => "the policy was stopped or removed",
        DecisionReason.NotStarted => "the policy has not begun",
        DecisionReason.Ended => "the policy has ended",
        DecisionReason.Reentry => "the customer has been through the policy, and may not enter it again yet",
        DecisionReason.Pending => "an earlier occasion is still under way for the customer",
        DecisionReason.Audience => decision.Inputs.Audience is null
            ? "whether the customer is in the audience is not known"
            : "the customer is not in the audience",
        DecisionReason.Condition => "what caused it does not hold any more",
        DecisionReason.Goal => "the customer has reached the goal",
        DecisionReason.Consent => decision.Inputs.Consent == ConsentStanding.Denied
            ? "the customer has refused or withdrawn their consent"
            : "the customer has not consented",
        DecisionReason.Address => "the customer has no address for the channel",
        DecisionReason.CoolDown => "the last action is too recent",
        DecisionReason.CustomerCap => "the policy has acted for the customer as often as it may",
        DecisionReason.ChannelCap => "the channel reaches the customer as often as it may on that day",
        DecisionReason.DayCap => "the policy has acted as often as it may on that day",
        DecisionReason.QuietHours => "it would reach the customer in the quiet hours",
        DecisionReason.Unprofitable => $"{Gain(decision)}, which is not more",
        DecisionReason.Price => $"{Gain(decision)}, too little at the present price of the budgets",
        DecisionReason.Outscored => $"policy {decision.Inputs.Rival} gains more with the customer",
        DecisionReason.Budget => $"the budget does not allow for {Amount(decision, decision.Cost)} more",
        DecisionReason.Withheld => $"left out by chance, to learn where the border is; {Gain(decision)}",
        _ => decision.Reason.ToString(),
    };

    private static string Gain(Decision decision) =>
        $"it costs {Amount(decision, decision.Cost)} and is expected to bring {Amount(decision, decision.ExpectedMargin)}"
        + (decision.Inputs.Effect.Source == EffectSource.Measured ? ", as measured" : ", as assumed");

    private static string Amount(Decision decision, Money money)
    {
        var currency = Currency.Of(decision.Inputs.Currency);
        return currency.ToMajor(money).ToString($"N{currency.Decimals}", CultureInfo.InvariantCulture) + " " + currency.Code;
    }

    private static string Time(DateTimeOffset? at) =>
        at is { } instant ? instant.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) : "later";
}
