namespace ClvOrleans.Valuation.Estimates;

/// <summary>What an estimate rests on.</summary>
public enum EstimateBasis
{
    /// <summary>No purchase yet: nothing is predicted.</summary>
    NoPurchase,

    /// <summary>No model has been trained on the store: what is known of other stores stands in.</summary>
    Prior,

    /// <summary>A model trained on the store.</summary>
    Trained,

    /// <summary>The model that was promoted last cannot be opened: the one before it, or another store's parameters, stand in.</summary>
    StandIn,

    /// <summary>
    /// A model of a store with fewer than 500 customers or less than a year of data: its own customers, and what is known of other stores
    /// where they do not say enough yet. Its interval holds what is not known.
    /// </summary>
    SmallStore,
}
