namespace ClvOrleans.Testing.Scale;

/// <summary>What things take, in seconds of one processor and in bytes, as the benchmark <c>scale</c> measures them.</summary>
internal sealed record MeasuredCosts
{
    /// <summary>An event of a customer in memory, in the silo.</summary>
    public required double EventSilo { get; init; }

    /// <summary>An event in a transaction, in the database's server.</summary>
    public required double EventDatabase { get; init; }

    /// <summary>Bytes of the write-ahead log of an event.</summary>
    public required double EventLog { get; init; }

    /// <summary>Bytes of tables and indexes that an event leaves.</summary>
    public required double EventKept { get; init; }

    /// <summary>How long a transaction takes beside its events, with the wait for the disk.</summary>
    public required double TransactionTime { get; init; }

    /// <summary>How much longer each event in it makes it.</summary>
    public required double EventTime { get; init; }

    /// <summary>A transaction beside its events, in the silo.</summary>
    public required double TransactionSilo { get; init; }

    /// <summary>A transaction beside its events, in the database's server.</summary>
    public required double TransactionDatabase { get; init; }

    /// <summary>A customer who comes into memory, in the silo.</summary>
    public required double ActivationSilo { get; init; }

    /// <summary>A customer who comes into memory, in the database's server.</summary>
    public required double ActivationDatabase { get; init; }

    /// <summary>Bytes of memory of a customer who is in it.</summary>
    public required double ActiveMemory { get; init; }

    /// <summary>A customer who is estimated for a new day, in the silo.</summary>
    public required double DaySilo { get; init; }

    /// <summary>A customer who is estimated for a new day, in the database's server.</summary>
    public required double DayDatabase { get; init; }
}
