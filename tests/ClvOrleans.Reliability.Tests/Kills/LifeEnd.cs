namespace ClvOrleans.Reliability.Tests.Kills;

/// <summary>How a life of the service ends.</summary>
internal enum LifeEnd
{
    /// <summary>SIGKILL while it serves.</summary>
    Killed,

    /// <summary>SIGSTOP and SIGCONT, twice, then SIGKILL.</summary>
    FrozenAndKilled,

    /// <summary>SIGTERM.</summary>
    Terminated,

    /// <summary>SIGKILL while it starts.</summary>
    KilledWhileStarting,

    /// <summary>SIGKILL while it trains.</summary>
    KilledWhileTraining,

    /// <summary>SIGKILL while a file is imported.</summary>
    KilledWhileImporting,
}
