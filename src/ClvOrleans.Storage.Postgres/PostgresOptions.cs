namespace ClvOrleans.Storage.Postgres;

/// <summary>Where and how the store writes to PostgreSQL.</summary>
public sealed record PostgresOptions
{
    /// <summary>Npgsql's connection string. The user must own the tables: this process creates and upgrades them.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>Most connections of this silo. Default 20; silos times this must stay below the server's max_connections.</summary>
    public int MostConnections { get; init; } = 20;

    /// <summary>How many commits may wait. Default 10,000; beyond it senders are asked to come again.</summary>
    public int QueueLimit { get; init; } = 10_000;

    /// <summary>
    /// How many customers and orders commits that share a transaction may lock, but for the last commit. Default 512; silos times
    /// <see cref="Writers"/> times this must stay below the locks of the server, by default 6,400.
    /// </summary>
    public int MostInTransaction { get; init; } = 512;

    /// <summary>
    /// How many transactions of the journal run at a time. Default 2: one is prepared while the other waits for the disk.
    /// </summary>
    public int Writers { get; init; } = 2;

    /// <summary>How long a transaction waits for a lock of another silo before it is tried again. Default 2 s.</summary>
    public TimeSpan LockWait { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long a transaction that others wait for may stand still before they end it. Default 5 s. A silo that freezes or is cut off in
    /// the middle of one would hold its locks until it goes on.
    /// </summary>
    public TimeSpan Standstill { get; init; } = TimeSpan.FromSeconds(5);
}
