namespace ClvOrleans.Policies.Experiments;

/// <summary>What the numbers of an effect count.</summary>
public enum EffectUnit
{
    /// <summary>Whole units of the store's currency for each customer who gets the action.</summary>
    Amount,

    /// <summary>A share of the customer's predicted value before the action: 0.05 means 5 %.</summary>
    ShareOfValue,

    /// <summary>A share of the customer's revenue at risk before the action: what they would bring if alive, times 1 - P(alive).</summary>
    ShareOfValueAtRisk,
}
