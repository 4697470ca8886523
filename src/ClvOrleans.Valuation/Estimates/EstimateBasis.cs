namespace ClvOrleans.Valuation.Estimates;

/// <summary>What an estimate rests on.</summary>
public enum EstimateBasis
{
    /// <summary>No purchase yet: nothing is predicted.</summary>
    NoPurchase,

    /// <summary>No model has been trained on the store: published parameters of another store stand in.</summary>
    Prior,

    /// <summary>A model trained on the store.</summary>
    Trained,

    /// <summary>The model that was promoted last cannot be opened: the one before it, or another store's parameters, stand in.</summary>
    StandIn,
}
