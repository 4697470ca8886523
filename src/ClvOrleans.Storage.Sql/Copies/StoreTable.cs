using System.Collections.Immutable;

namespace ClvOrleans.Storage.Sql.Copies;

/// <summary>A table that a copy of a store holds, the same on every engine.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">Its columns, in the order of their names.</param>
public sealed record StoreTable(string Name, ImmutableArray<string> Columns)
{
    // What an engine keeps for itself, what is made anew from the rest, and caches.
    private static readonly string[] Left =
    [
        "schema_migrations", "journal_stamp", "writers", "shard_commits", "dead_letter_usage", "key_ring", CopyProgress,
        "orleansquery", "orleansstorage", "orleansmembershiptable", "orleansmembershipversiontable", "orleansreminderstable",
    ];

    /// <summary>The table in a database that a copy is being written to; while it is there, the store is not whole.</summary>
    public const string CopyProgress = "copy_progress";

    /// <summary>Whether a table of a database belongs to a copy.</summary>
    public static bool IsCopied(string table) =>
        !Left.Contains(table, StringComparer.OrdinalIgnoreCase) && !table.StartsWith("sqlite_", StringComparison.Ordinal);

    /// <summary>Whether a column belongs to a copy: who wrote an event is of the database that it was written to.</summary>
    public static bool IsCopied(string table, string column) => (table, column) is not ("events", "writer");

    /// <summary>A table with its columns in order.</summary>
    public static StoreTable Of(string name, IEnumerable<string> columns) =>
        new(name, [.. columns.Where(c => IsCopied(name, c)).Order(StringComparer.Ordinal)]);
}
