namespace ClvOrleans.Valuation.Watches;

/// <summary>Why a customer was looked at again.</summary>
public enum WatchCauseKind
{
    /// <summary>They did something.</summary>
    Event,

    /// <summary>A day passed.</summary>
    Time,

    /// <summary>Another model was promoted.</summary>
    Model,

    /// <summary>The market calendar or the store's margin changed.</summary>
    Market,

    /// <summary>What is watched was defined or changed.</summary>
    Definition,

    /// <summary>Two identities became one customer.</summary>
    Merge,
}
