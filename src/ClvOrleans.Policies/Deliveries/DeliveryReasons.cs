namespace ClvOrleans.Policies.Deliveries;

/// <summary>Why a delivery was cancelled or has failed, in a word. Stored: never renamed.</summary>
public static class DeliveryReasons
{
    /// <summary>The customer has not consented, or has withdrawn the consent.</summary>
    public const string Consent = "consent";

    /// <summary>The customer has bought, or reached the goal otherwise.</summary>
    public const string Goal = "goal";

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

    /// <summary>Nothing is set up for the channel.</summary>
    public const string Channel = "no_channel";

    /// <summary>The recipient's server refused it for good.</summary>
    public const string Bounced = "bounced";
}
