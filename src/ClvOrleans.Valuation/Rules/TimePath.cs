namespace ClvOrleans.Valuation.Rules;

/// <summary>How a field changes as days pass, for a customer who does nothing.</summary>
public enum TimePath
{
    /// <summary>It stays as it is.</summary>
    Still,

    /// <summary>It only ever grows, or only ever falls; or it is not known, and stays so.</summary>
    OneWay,

    /// <summary>So does P(alive) of models that never raise it in silence, and what follows from it; of other models it may go both
    /// ways.</summary>
    WithAlive,

    /// <summary>It may go both ways.</summary>
    Any,
}
