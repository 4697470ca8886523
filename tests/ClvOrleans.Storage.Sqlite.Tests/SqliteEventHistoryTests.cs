using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Storage.Sqlite.Tests;

public sealed class SqliteEventHistoryTests
{
    private static readonly StoreId Store = new("shop");

    [Fact]
    public async Task The_shards_together_hold_every_event_of_every_customer_once_and_of_no_other_store()
    {
        var options = new SqliteOptions { Path = Path.Combine(Directory.CreateTempSubdirectory("clv-").FullName, "clv.db") };
        var database = new SqliteDatabase(options);
        await using var writer = new SqliteWriter(database, options);
        var journal = new SqliteJournal(database, writer);
        var expected = new List<string>();
        for (var i = 0; i < 100; i++)
        {
            await journal.AppendAsync(Commit(CustomerId.OfUser(Store, $"c{i}"), $"{i}a", $"{i}b"));
            expected.AddRange([$"c{i}/{i}a", $"c{i}/{i}b"]);
        }

        await journal.AppendAsync(Commit(CustomerId.OfUser(new StoreId("other"), "c1"), "x"));

        var history = new SqliteEventHistory(database);
        var read = new List<string>();
        for (var shard = 0; shard < CustomerId.Shards; shard++)
        {
            await foreach (var (customer, e) in history.ReadAsync(Store, shard))
            {
                Assert.Equal((Store, shard), (customer.Store, customer.Shard));
                read.Add($"{customer.Id}/{e.MessageId}");
            }
        }

        Assert.Equal(expected.Order(StringComparer.Ordinal), read.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_shard_is_read_by_its_customers_and_not_by_the_events_of_all_shards()
    {
        var database = new SqliteDatabase(new SqliteOptions { Path = Path.Combine(Directory.CreateTempSubdirectory("clv-").FullName, "clv.db") });
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

    private static CustomerCommit Commit(CustomerId customer, params string[] messages) => new()
    {
        ExpectedSequence = 0,
        Events = [.. messages.Select(m => new CustomerEvent { MessageId = m, Source = "web", Kind = EventKind.PageViewed, At = DateTimeOffset.UnixEpoch })],
        Head = new CustomerRow
        {
            Id = customer,
            Sequence = messages.Length,
            Summary = new CustomerSummary(),
            Contribution = Contribution.Gone(messages.Length),
        },
    };
}
