namespace ClvOrleans.Policies.Deliveries;

/// <summary>How far a delivery has come. Stored by name: never renamed.</summary>
public enum DeliveryState
{
    /// <summary>It waits for its time, for room in the rate, or for its next attempt.</summary>
    Waiting,

    /// <summary>It is on its way: the customer has let it go, and whether it arrived is not known yet.</summary>
    Handed,

    /// <summary>It was accepted by whom it was sent to.</summary>
    Sent,

    /// <summary>It surely failed, and is not tried again unless somebody asks for it.</summary>
    Dead,

    /// <summary>It was not sent: the reason says why.</summary>
    Cancelled,
}
