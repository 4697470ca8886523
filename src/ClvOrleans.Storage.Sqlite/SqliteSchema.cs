namespace ClvOrleans.Storage.Sqlite;

/// <summary>What a database file holds.</summary>
public enum SqliteSchema
{
    /// <summary>The journal and all that is written in one transaction with it: the truth.</summary>
    Journal,

    /// <summary>
    /// Orleans' grain storage: snapshots, a cache. In a file of its own, so that it never waits for the journal's writer, nor the writer
    /// for it.
    /// </summary>
    Snapshots,
}
