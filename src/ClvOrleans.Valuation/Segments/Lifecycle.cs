namespace ClvOrleans.Valuation.Segments;

/// <summary>Where a customer stands with the store.</summary>
public enum Lifecycle
{
    /// <summary>Has not bought yet.</summary>
    Prospect,

    /// <summary>Bought on one day only, and recently.</summary>
    New,

    /// <summary>Buys in their own rhythm.</summary>
    Active,

    /// <summary>Is later than their rhythm.</summary>
    Cooling,

    /// <summary>Has more likely left than not, or is much later than their rhythm.</summary>
    AtRisk,

    /// <summary>Has almost surely left.</summary>
    Lost,
}
