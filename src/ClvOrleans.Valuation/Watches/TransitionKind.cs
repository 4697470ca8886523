namespace ClvOrleans.Valuation.Watches;

/// <summary>What a watch noticed.</summary>
public enum TransitionKind
{
    /// <summary>Its rule began to hold.</summary>
    Entered,

    /// <summary>Its rule holds no longer, or the customer is no more.</summary>
    Left,

    /// <summary>The value moved by as much as was asked for.</summary>
    Moved,

    /// <summary>The event happened.</summary>
    Happened,
}
