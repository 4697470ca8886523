namespace ClvOrleans.Valuation.Models;

/// <summary>Why a model was promoted.</summary>
public enum PromotionCause
{
    /// <summary>It won a training.</summary>
    Training,

    /// <summary>Someone chose it.</summary>
    Choice,

    /// <summary>Someone took the champion after it back.</summary>
    RollBack,

    /// <summary>The store's margin, horizon or discount rate changed, so that the same model is asked again.</summary>
    Settings,
}
