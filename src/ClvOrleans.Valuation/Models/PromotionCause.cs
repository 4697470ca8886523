namespace ClvOrleans.Valuation.Models;

/// <summary>Why a model was promoted. The registry holds the numbers.</summary>
public enum PromotionCause
{
    /// <summary>It won a training.</summary>
    Training = 0,

    /// <summary>Someone chose it.</summary>
    Choice = 1,

    /// <summary>Someone took the champion after it back.</summary>
    RollBack = 2,

    /// <summary>The store's margin, horizon or discount rate changed, so that the same model is asked again.</summary>
    Settings = 3,

    /// <summary>The first buyers of the store weigh what is known of other stores, before its first training.</summary>
    First = 4,
}
