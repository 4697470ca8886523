namespace ClvOrleans.Server.Api.Replies;

/// <summary>What a storefront can do next for a customer.</summary>
internal enum NextActionKind
{
    /// <summary>Take them to the cart.</summary>
    ResumeCart,

    /// <summary>Show the offer that a policy made.</summary>
    Offer,

    /// <summary>Offer to order again what is due.</summary>
    Reorder,

    /// <summary>Show what is recommended.</summary>
    Recommend,

    /// <summary>Nothing before the ordinary page.</summary>
    Browse,
}
