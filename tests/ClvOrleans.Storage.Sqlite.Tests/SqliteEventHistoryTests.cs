namespace ClvOrleans.Storage.Sqlite.Tests;

/// <summary>What reading the history from SQLite promises beyond the contract.</summary>
public sealed class SqliteEventHistoryTests
{
    [Fact]
    public void A_shard_is_read_by_its_customers_and_not_by_the_events_of_all_shards()
    {
        var database = new SqliteDatabase(
            new SqliteOptions { Path = Path.Combine(TemporaryFolder.New(), "clv.db") });
        using var connection = database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"EXPLAIN QUERY PLAN {SqliteEventHistory.OfShard}";
        command.Parameters.AddWithValue("$store", "shop");
        command.Parameters.AddWithValue("$shard", 0);
        using var rows = command.ExecuteReader();
        var plan = new List<string>();
        while (rows.Read())
        {
            plan.Add(rows.GetString(3));
        }

        Assert.Equal(
            [
                "SEARCH c USING COVERING INDEX customers_changes (store=? AND shard=?)",
                "SEARCH e USING PRIMARY KEY (store=? AND customer=?)",
            ],
            plan);
    }
}
