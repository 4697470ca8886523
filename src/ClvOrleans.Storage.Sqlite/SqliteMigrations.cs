using Microsoft.Data.Sqlite;

namespace ClvOrleans.Storage.Sqlite;

/// <summary>
/// The scripts that bring the tables of a file up to date: <c>SCHEMA/NUMBER-NAME.sql</c>, embedded, each applied once, in order.
/// </summary>
internal static class SqliteMigrations
{
    /// <summary>The scripts of a schema, in order.</summary>
    /// <exception cref="InvalidOperationException">
    /// One of the scripts belongs to no schema or has no number of its own: it would never run, or out of order.
    /// </exception>
    public static IReadOnlyList<string> Of(SqliteSchema schema) => Sort(
        typeof(SqliteMigrations).Assembly.GetManifestResourceNames().Where(n => n.EndsWith(".sql", StringComparison.OrdinalIgnoreCase)),
        schema);

    /// <inheritdoc cref="Of" />
    internal static IReadOnlyList<string> Sort(IEnumerable<string> scripts, SqliteSchema schema)
    {
        var sorted = new SortedDictionary<int, string>();
        foreach (var script in scripts)
        {
            if (script.Split('/') is not [var folder, var name] || !Enum.GetNames<SqliteSchema>().Contains(folder, StringComparer.Ordinal))
            {
                throw new InvalidOperationException($"The script {script} belongs to no schema, so it would never run.");
            }

            if (name.Split('-') is not [{ Length: 4 } digits, _, ..] || !int.TryParse(digits, out var number))
            {
                throw new InvalidOperationException($"The script {script} does not begin with a number of four digits.");
            }

            if (folder == schema.ToString() && !sorted.TryAdd(number, script))
            {
                throw new InvalidOperationException($"The scripts {sorted[number]} and {script} have the same number.");
            }
        }

        return [.. sorted.Values];
    }

    /// <summary>Refuses a file that is not of this schema or knows scripts that this program does not know; reads only.</summary>
    /// <returns>The scripts that are applied already.</returns>
    /// <exception cref="StorageUnavailableException">The file is of a newer program, or of another one.</exception>
    public static IReadOnlySet<string> Check(SqliteConnection connection, SqliteSchema schema, string path)
    {
        var tables = Names(connection, "SELECT name FROM sqlite_master WHERE type = 'table'");
        if (!tables.Contains("schema_migrations"))
        {
            return tables.Count == 0
                ? tables
                : throw new StorageUnavailableException(
                    $"{path} is a SQLite file of another program, not a store of clv: name another folder with --data.");
        }

        var applied = Names(connection, "SELECT name FROM schema_migrations");
        if (applied.Except(Of(schema)).Order(StringComparer.Ordinal).LastOrDefault() is not { } unknown)
        {
            return applied;
        }

        throw new StorageUnavailableException(unknown.StartsWith($"{schema}/", StringComparison.Ordinal)
            ? $"{path} was written by a newer version of clv (it has {unknown}): start that version, or put back a copy from before."
            : $"{path} holds {unknown.Split('/')[0]}, not {schema}: put the right file there.");
    }

    /// <summary>Applies the scripts that are not applied yet, each in a transaction.</summary>
    public static void Apply(SqliteConnection connection, SqliteSchema schema, IReadOnlySet<string> applied)
    {
        foreach (var name in Of(schema).Where(n => !applied.Contains(n)))
        {
            using var transaction = connection.BeginTransaction();
            using var note = connection.CreateCommand();
            note.CommandText = "CREATE TABLE IF NOT EXISTS schema_migrations (name TEXT NOT NULL PRIMARY KEY)";
            note.ExecuteNonQuery();
            note.CommandText = "INSERT INTO schema_migrations (name) VALUES ($name) ON CONFLICT DO NOTHING";
            note.Parameters.AddWithValue("$name", name);
            if (note.ExecuteNonQuery() == 1)
            {
                using var script = new StreamReader(typeof(SqliteMigrations).Assembly.GetManifestResourceStream(name)!);
                SqliteDatabase.Execute(connection, script.ReadToEnd());
            }

            transaction.Commit();
        }
    }

    private static HashSet<string> Names(SqliteConnection connection, string sql)
    {
        using var session = new SqliteSession(connection, owned: false);
        return [.. session.Read(sql, row => row.GetString(0))];
    }
}
