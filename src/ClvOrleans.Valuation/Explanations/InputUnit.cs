namespace ClvOrleans.Valuation.Explanations;

/// <summary>What an input of a model is measured in.</summary>
public enum InputUnit
{
    /// <summary>A plain number.</summary>
    Number,

    /// <summary>Days.</summary>
    Days,

    /// <summary>Minor units of the store's currency.</summary>
    Money,
}
