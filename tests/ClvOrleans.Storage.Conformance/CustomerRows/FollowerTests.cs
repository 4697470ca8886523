using System.Globalization;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Journal;

namespace ClvOrleans.Storage.Conformance.CustomerRows;

/// <summary>
/// Commit numbers of a shard become visible in ascending order. A follower that asks for what came after the last number it has seen misses
/// nothing and sees nothing twice, whoever writes and whichever commits fail meanwhile.
/// </summary>
public class FollowerTests<TEngine> : StoreTests<TEngine>
    where TEngine : IStorageEngine, new()
{
    private const int Writers = 8;
    private const int Customers = 12;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_follower_misses_nothing_and_sees_nothing_twice_while_eight_write_and_some_fail(int seed)
    {
        CustomerId[] customers =
            [.. Enumerable.Range(0, 10_000).Select(i => Sample.Customer($"c{i}")).Where(c => c.Shard == 7).Take(Customers)];
        var writing = WriteAllAsync(customers, seed);
        var (last, latest) = await FollowAsync(writing, seed);
        var accepted = (await writing).Sum(a => a.Count);
        var rows = await Task.WhenAll(customers.Select(c => Store.Rows.FindAsync(c)));
        Assert.Equal(accepted, rows.Sum(r => r?.Sequence ?? 0));
        Assert.Equal(
            rows.Where(r => r is not null).ToDictionary(r => r!.Id, r => r!.Sequence).OrderBy(r => r.Key.Id, StringComparer.Ordinal),
            latest.OrderBy(l => l.Key.Id, StringComparer.Ordinal));
        Assert.Equal(last, await Store.Rows.FindCommitAsync(Shop, 7));
        Assert.Empty(await Store.Rows.ChangesAsync(Shop, 7, last).ToListAsync());
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Nor_does_it_where_connections_are_ended_in_the_middle_of_commits(int seed)
    {
        CustomerId[] customers =
            [.. Enumerable.Range(0, 10_000).Select(i => Sample.Customer($"c{i}")).Where(c => c.Shard == 7).Take(Customers)];
        var writing = WriteAllAsync(customers, seed);
        var interrupting = InterruptAsync(writing);
        var (last, latest) = await FollowAsync(writing, seed);
        await interrupting;
        var acknowledged = (await writing).SelectMany(a => a).ToArray();
        Assert.Equal(last, await Store.Rows.FindCommitAsync(Shop, 7));
        var kept = new HashSet<string>(StringComparer.Ordinal);
        foreach (var customer in customers)
        {
            var entries = await Store.Journal.ReadAsync(customer, 0);
            Assert.Equal(Enumerable.Range(1, entries.Count).Select(i => (long)i), entries.Select(e => e.Sequence));
            Assert.Equal(entries.Count, (await Store.Rows.FindAsync(customer))?.Sequence ?? 0);
            Assert.Equal(entries.Count, latest.GetValueOrDefault(customer));
            Assert.All(entries, e => Assert.True(kept.Add(e.Event.MessageId), e.Event.MessageId));
        }

        Assert.Empty(acknowledged.Except(kept));
        Assert.NotEmpty(acknowledged);
    }

    [Fact]
    public async Task Shards_and_stores_are_numbered_by_themselves()
    {
        var customers = Enumerable.Range(0, 40).Select(i => Sample.Customer($"c{i}")).ToArray();
        foreach (var customer in customers)
        {
            await Store.Journal.AppendAsync(Sample.Commit(customer, 0, "m"));
        }

        for (var shard = 0; shard < UsualShards.Count; shard++)
        {
            var changes = await Store.Rows.ChangesAsync(Shop, shard, 0).ToListAsync();
            Assert.Equal(customers.Where(c => c.Shard == shard), changes.Select(c => c.Customer));
            Assert.Equal(changes.LastOrDefault()?.Commit ?? 0, await Store.Rows.FindCommitAsync(Shop, shard));
            Assert.Equal(0, await Store.Rows.FindCommitAsync(Other, shard));
        }
    }

    private Task<List<string>[]> WriteAllAsync(CustomerId[] customers, int seed) => Task.WhenAll(
        Enumerable.Range(0, Writers).Select(w => Task.Run(() => WriteAsync(customers, new Random((seed * 100) + w), w))));

    private async Task InterruptAsync(Task writing)
    {
        while (!writing.IsCompleted)
        {
            await Open.InterruptAsync();
            await Task.Yield();
        }
    }

    private async Task<(long Last, Dictionary<CustomerId, long> Latest)> FollowAsync(Task writing, int seed)
    {
        var (last, latest) = (0L, new Dictionary<CustomerId, long>());
        for (var isLastLook = false; !isLastLook;)
        {
            isLastLook = writing.IsCompleted;
            var before = await InsistAsync(() => Store.Rows.FindCommitAsync(Shop, 7));
            foreach (var change in await InsistAsync(async () => await Store.Rows.ChangesAsync(Shop, 7, last).ToListAsync()))
            {
                Assert.True(change.Commit > last, $"Seed {seed}: commit {change.Commit} came after {last}.");
                Assert.True(
                    change.Contribution.Revision > latest.GetValueOrDefault(change.Customer),
                    $"Seed {seed}: {change.Customer} came twice, or went back to revision {change.Contribution.Revision}.");
                (last, latest[change.Customer]) = (change.Commit, change.Contribution.Revision);
            }

            Assert.True(last >= before, $"Seed {seed}: commit {before} was there, and the changes ended at {last}.");
        }

        return (last, latest);
    }

    private static async Task<T> InsistAsync<T>(Func<Task<T>> call)
    {
        while (true)
        {
            try
            {
                return await call();
            }
            catch (StorageUnavailableException)
            {
                // Its connection was ended.
            }
        }
    }

    // Each writer appends where it believes a journal ends; another may have been faster, or the order is taken: nothing is written then.
    private async Task<List<string>> WriteAsync(CustomerId[] customers, Random random, int writer)
    {
        var acknowledged = new List<string>();
        for (var i = 0; i < 60; i++)
        {
            var customer = customers[random.Next(customers.Length)];
            var tip = await InsistAsync(() => Store.Journal.FindTipAsync(customer));
            var name = string.Create(CultureInfo.InvariantCulture, $"w{writer}-{i}");
            var commit = random.Next(6) switch
            {
                0 => Sample.Commit(customer, tip.Sequence + random.Next(1, 3), name),
                1 => Sample.Commit(customer, tip.Sequence, name) with { ClaimedOrders = ["same"] },
                2 => Sample.Commit(customer, tip.Sequence, name, name),
                _ => Sample.Commit(customer, tip.Sequence, name),
            };
            try
            {
                await Store.Journal.AppendAsync(commit);
                acknowledged.AddRange(commit.Events.Select(e => e.MessageId));
            }
            catch (Exception e) when (e is SequenceConflictException or OrdersTakenException or StorageUnavailableException)
            {
            }
        }

        return acknowledged;
    }
}
