namespace ClvOrleans.Storage.Sqlite.Tests;

/// <summary>What a hand-over on SQLite promises beyond the contract.</summary>
public sealed class SqliteHandOverTests
{
    [Fact]
    public void What_has_left_is_counted_by_the_customers_decisions_and_not_by_the_policys()
    {
        var database = new SqliteDatabase(
            new SqliteOptions { Path = Path.Combine(TemporaryFolder.New(), "clv.db") });
        using var connection = database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"EXPLAIN QUERY PLAN {Sql.SqlHandOver.LeftSince}";
        foreach (var name in (string[])["$store", "$customer", "$policy", "$id", "$since"])
        {
            command.Parameters.AddWithValue(name, "x");
        }

        using var rows = command.ExecuteReader();
        var plan = new List<string>();
        while (rows.Read())
        {
            plan.Add(rows.GetString(3));
        }

        Assert.Equal("SEARCH d USING INDEX decisions_that_count (store=? AND customer=?)", plan[0]);
    }
}
