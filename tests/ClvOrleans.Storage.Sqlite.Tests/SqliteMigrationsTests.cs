using Microsoft.Data.Sqlite;

namespace ClvOrleans.Storage.Sqlite.Tests;

/// <summary>Scripts of the schema: each runs once, none is lost, none that is unknown is passed over.</summary>
public sealed class SqliteMigrationsTests
{
    [Fact]
    public void Every_embedded_script_is_applied_to_one_of_the_schemas()
    {
        var applied = Enum.GetValues<SqliteSchema>().SelectMany(schema => Applied(NewFile(schema))).Order(StringComparer.Ordinal);
        var embedded = typeof(SqliteDatabase).Assembly.GetManifestResourceNames()
            .Where(n => n.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        Assert.Equal(embedded, applied);
    }

    [Theory]
    [InlineData("0010-dead-letters.sql", "no schema")]
    [InlineData("Journals/0001-journal.sql", "no schema")]
    [InlineData("Journal/first.sql", "number")]
    public void A_script_that_would_never_run_or_has_no_place_in_the_order_stops_the_program(string script, string named)
    {
        var error = Assert.Throws<InvalidOperationException>(() => SqliteMigrations.Sort([script], SqliteSchema.Journal));
        Assert.Contains(script, error.Message, StringComparison.Ordinal);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_scripts_of_one_number_stop_the_program() => Assert.Throws<InvalidOperationException>(
        () => SqliteMigrations.Sort(["Journal/0001-a.sql", "Journal/0001-b.sql"], SqliteSchema.Journal));

    [Fact]
    public void A_file_of_a_newer_program_is_refused_in_one_sentence_and_left_alone()
    {
        var options = NewFile(SqliteSchema.Journal);
        Run(options, "INSERT INTO schema_migrations (name) VALUES ('Journal/9999-of-tomorrow.sql')");
        var before = File.ReadAllBytes(options.Path);

        var error = Assert.Throws<StorageUnavailableException>(() => new SqliteDatabase(options));
        Assert.Contains(options.Path, error.Message, StringComparison.Ordinal);
        Assert.Contains("was written by a newer version", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal(before, File.ReadAllBytes(options.Path));
    }

    [Fact]
    public void The_open_letters_of_a_message_are_found_by_an_index()
    {
        using var connection = new SqliteConnection($"Data Source={NewFile(SqliteSchema.Journal).Path};Pooling=false");
        connection.Open();
        using var plan = connection.CreateCommand();
        plan.CommandText = "EXPLAIN QUERY PLAN SELECT 1 FROM dead_letters "
            + "WHERE store = 's' AND message_id = 'm' AND source = 'w' AND code = 'c' AND replayed_at IS NULL";
        using var rows = plan.ExecuteReader();
        Assert.True(rows.Read());
        Assert.Contains("dead_letters_message", rows.GetString(3), StringComparison.Ordinal);
    }

    private static SqliteOptions NewFile(SqliteSchema schema)
    {
        var options = new SqliteOptions
        {
            Path = Path.Combine(TemporaryFolder.New(), "clv.db"),
            Schema = schema,
        };
        new SqliteDatabase(options).Dispose();
        return options;
    }

    private static List<string> Applied(SqliteOptions options)
    {
        using var connection = new SqliteConnection($"Data Source={options.Path};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM schema_migrations";
        using var rows = command.ExecuteReader();
        var names = new List<string>();
        while (rows.Read())
        {
            names.Add(rows.GetString(0));
        }

        return names;
    }

    private static void Run(SqliteOptions options, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={options.Path};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
