namespace ClvOrleans.Storage.Sqlite;

/// <summary>Where and how the embedded store writes.</summary>
public sealed record SqliteOptions
{
    /// <summary>Path of the database file.</summary>
    public required string Path { get; init; }

    /// <summary>What the file holds. Default the journal.</summary>
    public SqliteSchema Schema { get; init; } = SqliteSchema.Journal;

    /// <summary>
    /// Whether every commit waits for the disk. Default true: an acknowledged event survives a power cut, not only the end of the process.
    /// </summary>
    public bool FullySynchronous { get; init; } = true;

    /// <summary>How many commits may wait. Default 10,000; beyond it senders are asked to come again.</summary>
    public int QueueLimit { get; init; } = 10_000;

    /// <summary>How many commits share a transaction at most. Default 512.</summary>
    public int MostInTransaction { get; init; } = 512;

    /// <summary>
    /// How much of a file is scrubbed after an erasure while commits wait, in bytes. Default 32 MB, which takes about as long as a commit.
    /// </summary>
    public int ScrubbedAtOnce { get; init; } = 32 << 20;

    /// <summary>
    /// How long another program's lock on the file is waited for, in whole seconds from 1. Default 2 s; then the commits that wait fail.
    /// </summary>
    public TimeSpan LockWait { get; init; } = TimeSpan.FromSeconds(2);
}
