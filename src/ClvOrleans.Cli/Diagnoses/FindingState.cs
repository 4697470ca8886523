namespace ClvOrleans.Cli.Diagnoses;

/// <summary>How something is.</summary>
internal enum FindingState
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>It works, but somebody should know.</summary>
    Doubtful,

    /// <summary>It does not work, or will not for long.</summary>
    Bad,
}
