namespace ClvOrleans.Valuation.Segments;

/// <summary>Where a customer stands with the store. Customer rows and messages hold the numbers.</summary>
public enum Lifecycle
{
    /// <summary>Has not bought yet.</summary>
    Prospect = 0,

    /// <summary>Bought on one day only, and recently.</summary>
    New = 1,

    /// <summary>Buys in their own rhythm.</summary>
    Active = 2,

    /// <summary>Is later than their rhythm.</summary>
    Cooling = 3,

    /// <summary>Has more likely left than not, or is much later than their rhythm.</summary>
    AtRisk = 4,

    /// <summary>Has almost surely left.</summary>
    Lost = 5,
}
