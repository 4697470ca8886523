namespace ClvOrleans.Policies;

/// <summary>Why a decision is as it is: the first condition that settled it. Stored by name: never renamed.</summary>
public enum DecisionReason
{
    /// <summary>All conditions hold and the score is above zero.</summary>
    Worthwhile,

    /// <summary>Near the border of the price, and drawn to be taken although the score is not above zero.</summary>
    Explored,

    /// <summary>Near the border of the price, and drawn not to be taken although the score is above zero.</summary>
    Withheld,

    /// <summary>The customer is in the policy's own holdout.</summary>
    Holdout,

    /// <summary>The customer is in the control group of all policies.</summary>
    ControlGroup,

    /// <summary>Waiting shows more than acting now would bring.</summary>
    WaitingPays,

    /// <summary>The step of the flow is not due yet.</summary>
    Step,

    /// <summary>Everything is stopped by the store's kill switch.</summary>
    KillSwitch,

    /// <summary>The policy is paused.</summary>
    Paused,

    /// <summary>The policy was deleted or stopped for good.</summary>
    Stopped,

    /// <summary>The policy has not begun.</summary>
    NotStarted,

    /// <summary>The policy has ended.</summary>
    Ended,

    /// <summary>The customer has been through the policy, and does not enter it again yet.</summary>
    Reentry,

    /// <summary>An earlier occasion of the policy is still under way for the customer.</summary>
    Pending,

    /// <summary>The rule of the audience does not hold.</summary>
    Audience,

    /// <summary>The condition that caused it does not hold any more.</summary>
    Condition,

    /// <summary>The customer has reached the goal.</summary>
    Goal,

    /// <summary>The customer has not consented, or has withdrawn the consent.</summary>
    Consent,

    /// <summary>The customer has no address for the channel.</summary>
    Address,

    /// <summary>The last action of the policy is too recent.</summary>
    CoolDown,

    /// <summary>The policy's cap for one customer is reached.</summary>
    CustomerCap,

    /// <summary>The cap of the channel over all policies is reached on the customer's day.</summary>
    ChannelCap,

    /// <summary>The policy's cap for one day is reached.</summary>
    DayCap,

    /// <summary>It would reach the customer in quiet hours, and the policy drops it then.</summary>
    QuietHours,

    /// <summary>The expected incremental margin does not exceed the cost.</summary>
    Unprofitable,

    /// <summary>It exceeds the cost, but not at the budget's price.</summary>
    Price,

    /// <summary>Another policy has the greater score for the customer.</summary>
    Outscored,

    /// <summary>The budget does not allow for the cost.</summary>
    Budget,
}
