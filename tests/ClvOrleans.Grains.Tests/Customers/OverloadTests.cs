using ClvOrleans.Contracts;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Storage.Sqlite;

namespace ClvOrleans.Grains.Tests.Customers;

public sealed class OverloadTests(OverloadTests.SlowJournal cluster) : IClassFixture<OverloadTests.SlowJournal>
{
    [Fact]
    public async Task A_full_journal_asks_to_come_again_and_what_comes_again_counts_once()
    {
        const int Customers = 300;
        var store = cluster.NewStore();
        var refusals = 0;
        await Task.WhenAll(Enumerable.Range(0, Customers).Select(async i =>
        {
            while (true)
            {
                var outcome = Assert.Single(
                    await cluster.Router(i % 2).RecordAsync([Sent.Order(CustomerId.OfUser(store, $"u{i}"), $"o{i}", 100)]));
                if (outcome.Kind != OutcomeKind.Failed)
                {
                    return;
                }

                Assert.Equal(EventOutcome.OverloadedCode, outcome.Code);
                Interlocked.Increment(ref refusals);
                await Task.Yield();
            }
        }));

        Assert.NotEqual(0, refusals);
        for (var i = 0; i < Customers; i++)
        {
            var view = await cluster.Grains.GetCustomer(CustomerId.OfUser(store, $"u{i}")).ViewAsync(null);
            Assert.Equal((1, 100), ((int)view.Revision, (int)view.Summary.Net.Minor));
        }
    }

    public sealed class SlowJournal() : StoreCluster(
        new SqliteOptions { Path = "", FullySynchronous = true, QueueLimit = 2, MostInTransaction = 1 });
}
