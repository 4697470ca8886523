using ClvOrleans.Domain.Currencies;

namespace ClvOrleans.Policies.Deliveries;

/// <summary>
/// What else counts against the limits of a delivery when it is handed over. Since its decision identities may have become one, another
/// day may have come, or it was given up and is sent again: so what the decision took is looked at once more.
/// </summary>
/// <param name="CoolDown">Other actions of the policy that have left to the customer within its cool-down.</param>
/// <param name="Customer">Other actions of the policy that have left to the customer within the days of its cap.</param>
/// <param name="Channel">Other contacts by the channel on the day of the customer's calendar, also those that wait.</param>
/// <param name="Day">Other actions of the policy on the day of its decision.</param>
/// <param name="Spent">What other decisions have taken of the budget.</param>
public readonly record struct HandOverLimits(int CoolDown, int Customer, int Channel, int Day, Money Spent)
{
    /// <summary>The limit that would be exceeded, as one of <see cref="DeliveryReasons"/>; null for none.</summary>
    /// <param name="charge">What its decision took.</param>
    /// <param name="isGivenBack">Whether that was given back since.</param>
    /// <param name="channelCap">The cap of the channel now; null for none.</param>
    public string? Exceeded(DecisionCharge charge, bool isGivenBack, int? channelCap) =>
        charge.CoolDownDays > 0 && CoolDown > 0 ? DeliveryReasons.CoolDown
        : charge.CustomerCap is { } cap && Customer >= cap.Most ? DeliveryReasons.CustomerCap
        : charge.Channel is not null && Channel >= channelCap ? DeliveryReasons.ChannelCap
        : isGivenBack && Day >= charge.DayCap ? DeliveryReasons.DayCap
        : isGivenBack && Spent + charge.Amount > charge.Budget ? DeliveryReasons.Budget
        : null;
}
