using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace ClvOrleans.Storage.Sqlite.Tests.Formats;

/// <summary>
/// The rows of a store as text, one a line: the table, and its columns as JSON, those that hold bytes as <c>{"bytes":"text"}</c>.
/// </summary>
[SuppressMessage("Security", "CA2100", Justification = "Tables and columns of this repository.")]
internal static class StoreText
{
    // What names the file itself differs from file to file.
    private const string Tables =
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' "
        + "AND name NOT IN ('schema_migrations', 'journal_stamp') ORDER BY name";

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(SqliteDatabase database)
    {
        using var connection = database.Open();
        var text = new StringBuilder();
        foreach (var table in SqliteRows.Read(connection, Tables, row => row.GetString(0)))
        {
            foreach (var columns in SqliteRows.Read(connection, $"SELECT * FROM {table}", ColumnsOf))
            {
                text.Append($"{table} {columns.ToJsonString(Readable)}\n");
            }
        }

        return text.ToString();
    }

    public static void Write(SqliteDatabase database, string text)
    {
        using var connection = database.Open();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            var (table, columns) = (line[..space], JsonNode.Parse(line[space..])!.AsObject());
            var names = columns.Select(c => c.Key).ToArray();
            using var insert = connection.CreateCommand();
            insert.CommandText = $"INSERT INTO {table} ({string.Join(", ", names)}) VALUES (${string.Join(", $", names)})";
            foreach (var (name, value) in columns)
            {
                insert.Parameters.AddWithValue("$" + name, ValueOf(value));
            }

            insert.ExecuteNonQuery();
        }
    }

    private static JsonObject ColumnsOf(SqliteDataReader row)
    {
        var columns = new JsonObject();
        for (var i = 0; i < row.FieldCount; i++)
        {
            columns[row.GetName(i)] = row.GetValue(i) switch
            {
                long number => number,
                double number => number,
                string text => text,
                byte[] bytes => new JsonObject { ["bytes"] = Encoding.UTF8.GetString(bytes) },
                _ => null,
            };
        }

        return columns;
    }

    private static object ValueOf(JsonNode? value) => value switch
    {
        null => DBNull.Value,
        JsonObject bytes => Encoding.UTF8.GetBytes((string)bytes["bytes"]!),
        JsonValue number when number.TryGetValue<long>(out var whole) => whole,
        JsonValue number when number.TryGetValue<double>(out var real) => real,
        _ => (string)value!,
    };
}
