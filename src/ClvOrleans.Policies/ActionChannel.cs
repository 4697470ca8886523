namespace ClvOrleans.Policies;

/// <summary>How an action reaches a customer.</summary>
public enum ActionChannel
{
    /// <summary>A signed call to an address of the store's.</summary>
    Webhook,

    /// <summary>An e-mail to the customer.</summary>
    Email,

    /// <summary>The customer joins an audience that is exported or synchronised.</summary>
    Audience,

    /// <summary>A recommendation slot that the shop asks for.</summary>
    Slot,
}
