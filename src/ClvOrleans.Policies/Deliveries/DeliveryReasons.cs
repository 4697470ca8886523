namespace ClvOrleans.Policies.Deliveries;

/// <summary>Why a delivery was cancelled or has failed, or what is to be said of one that was sent. Stored: never renamed.</summary>
public static class DeliveryReasons
{
    /// <summary>The customer has not consented, or has withdrawn the consent.</summary>
    public const string Consent = "consent";

    /// <summary>The customer has bought, or reached the goal otherwise.</summary>
    public const string Goal = "goal";

    /// <summary>It was handed over, and an order of before that was recorded after it: the customer had already bought.</summary>
    public const string HadBought = "had_already_bought";

    /// <summary>What caused it holds no more.</summary>
    public const string Condition = "condition";

    /// <summary>It came too late.</summary>
    public const string Expired = "expired";

    /// <summary>The customer has no address for the channel.</summary>
    public const string Address = "no_address";

    /// <summary>Messages to the address came back.</summary>
    public const string Suppressed = "suppressed";

    /// <summary>The customer is not known.</summary>
    public const string Unknown = "unknown_customer";

    /// <summary>Its policy was stopped or removed.</summary>
    public const string Stopped = "stopped";

    /// <summary>It would reach the customer in quiet hours, and the policy drops it then.</summary>
    public const string QuietHours = "quiet_hours";

    /// <summary>Another action of the policy has reached the customer since, too recently.</summary>
    public const string CoolDown = "cool_down";

    /// <summary>The policy has reached the customer as often as it may.</summary>
    public const string CustomerCap = "customer_cap";

    /// <summary>The channel reaches the customer as often as it may on this day of their calendar.</summary>
    public const string ChannelCap = "channel_cap";

    /// <summary>It was given up, and its share of the day's actions has been used since.</summary>
    public const string DayCap = "day_cap";

    /// <summary>It was given up, and its share of the budget has been spent since.</summary>
    public const string Budget = "budget";

    /// <summary>Nothing is set up for the channel.</summary>
    public const string Channel = "no_channel";

    /// <summary>It was given up, and its audience has been told something later of the customer since.</summary>
    public const string Superseded = "superseded";

    /// <summary>The recipient's server refused it for good.</summary>
    public const string Bounced = "bounced";
}
