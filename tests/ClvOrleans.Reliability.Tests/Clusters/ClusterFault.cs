namespace ClvOrleans.Reliability.Tests.Clusters;

/// <summary>What befalls a cluster while clients send.</summary>
internal enum ClusterFault
{
    /// <summary>A silo is asked to end, and starts again.</summary>
    SiloEnds,

    /// <summary>A silo is killed, and starts again when others have taken over.</summary>
    SiloIsKilled,

    /// <summary>A silo freezes for two seconds: nobody declares it dead.</summary>
    SiloPauses,

    /// <summary>A silo freezes until others have taken over, and goes on then as if nothing had been.</summary>
    SiloFreezes,

    /// <summary>The database ends all connections.</summary>
    ConnectionsAreLost,

    /// <summary>The database is stopped and started.</summary>
    DatabaseRestarts,

    /// <summary>The database crashes, and recovers from its log.</summary>
    DatabaseCrashes,

    /// <summary>Each commit of the database waits a tenth of a second for the disk.</summary>
    DiskIsSlow,

    /// <summary>The disk of the database is full for some seconds.</summary>
    DiskIsFull,

    /// <summary>The clock of a silo is put two hours ahead, and two hours back.</summary>
    ClockSteps,

    /// <summary>A silo reaches nobody, neither the others nor the database.</summary>
    SiloIsCutOff,

    /// <summary>A silo and another one do not reach each other, but the third and the database do.</summary>
    SilosAreParted,

    /// <summary>The primary of the database crashes for good, and its synchronous standby takes over.</summary>
    DatabaseFailsOver,
}
