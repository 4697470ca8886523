namespace ClvOrleans.Valuation.Watches;

/// <summary>What a watch belongs to.</summary>
public enum WatchKind
{
    /// <summary>An own segment.</summary>
    Segment,

    /// <summary>A policy.</summary>
    Policy,
}
