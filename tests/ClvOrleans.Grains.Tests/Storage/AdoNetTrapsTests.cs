using ClvOrleans.Contracts;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;
using Microsoft.Data.Sqlite;
using Orleans.Runtime;
using Orleans.Storage;

namespace ClvOrleans.Grains.Tests.Storage;

/// <summary>
/// What the AdoNet provider does to keys, and that none of it reaches a customer: dotnet/orleans #9706 (keys that look like numbers) and
/// #8746 (the grain's type is not part of the key).
/// </summary>
public sealed class AdoNetTrapsTests(StoreCluster cluster) : IClassFixture<StoreCluster>
{
    private static readonly string[] Ids =
    [
        "020235", "20235", "0x20235", "1a", "1A", "1e5", "-1", "+1", "1+1", "1 1", "1%201", "a/b", "a%2Fb", "a:b", "it's", "\"quoted\"",
        "ß", "ss",
        "İstanbul", "i̇stanbul", "istanbul", "é", "e\u0301", "😀", "11111111-2222-3333-4444-555555555555",
        "{11111111-2222-3333-4444-555555555555}",
        "11111111222233334444555555555555", new('x', 255), new('ü', 255), new('x', 254), "c:20235", "v:20235",
        "'; DROP TABLE OrleansStorage; --", "\r\n", "null",
    ];

    private readonly StoreId _store = cluster.NewStore();

    [Theory]
    [InlineData("020235", "20235")]
    [InlineData("1a", "1A")]
    [InlineData("1111111122223333444455555555abcd", "1111111122223333444455555555ABCD")]
    public async Task Raw_keys_that_look_like_numbers_share_a_state_and_ours_do_not(string one, string other)
    {
        Assert.Equal("state of one", await WriteThenReadAsync("trap", one, "trap", other));
        var (ours, theirs) = (GrainKeys.Of(CustomerId.OfUser(_store, one)), GrainKeys.Of(CustomerId.OfUser(_store, other)));
        Assert.Equal("", await WriteThenReadAsync("trap", ours, "trap", theirs));
    }

    [Fact]
    public async Task Equal_keys_of_two_grain_types_share_a_state_of_one_name_but_not_of_two()
    {
        Assert.Equal("state of one", await WriteThenReadAsync("first-type", "x:same", "second-type", "x:same"));
        var storage = Storage();
        var state = new GrainState<CustomerSnapshot>(new CustomerSnapshot());
        await storage.ReadStateAsync("other-name", GrainId.Create("second-type", "x:same"), state);
        Assert.False(state.RecordExists);
    }

    [Fact]
    public async Task Every_odd_id_has_a_snapshot_of_its_own_that_is_found_again()
    {
        var storage = Storage();
        GrainId[] grains = [.. Ids.SelectMany(id => (CustomerId[])[CustomerId.OfUser(_store, id), CustomerId.OfVisitor(_store, id)])
            .Select(id => GrainId.Create("customer", GrainKeys.Of(id)))];
        for (var i = 0; i < grains.Length; i++)
        {
            await storage.WriteStateAsync(
                "customer", grains[i], new GrainState<CustomerSnapshot>(new CustomerSnapshot { Sequence = i + 1 }));
        }

        for (var i = 0; i < grains.Length; i++)
        {
            var state = new GrainState<CustomerSnapshot>(new CustomerSnapshot());
            await storage.ReadStateAsync("customer", grains[i], state);
            Assert.Equal((i + 1, "1"), ((int)state.State!.Sequence, state.ETag));
        }
    }

    [Fact]
    public async Task Every_odd_id_keeps_its_own_orders_through_a_snapshot()
    {
        const int MoreThanASnapshot = 70;
        foreach (var (id, n) in Ids.Select((id, n) => (CustomerId.OfUser(_store, id), n)))
        {
            Assert.Equal(id, GrainKeys.ToCustomer(GrainKeys.Of(id)));
            await cluster.Router().RecordAsync(
                [Sent.Order(id, $"odd{n}", 100 + n), .. Enumerable.Range(0, MoreThanASnapshot).Select(p => Sent.Page(id, $"p{p}"))]);
            await cluster.DeactivateAsync(id);
        }

        foreach (var (id, n) in Ids.Select((id, n) => (CustomerId.OfUser(_store, id), n)))
        {
            var view = await cluster.Grains.GetCustomer(id).ViewAsync(null);
            Assert.Equal((MoreThanASnapshot + 1, 100 + n), ((int)view.Revision, (int)view.Summary.Net.Minor));
        }
    }

    [Fact]
    public async Task Of_two_first_writes_one_fails_and_the_state_can_be_written_on()
    {
        var (storage, grain) = (Storage(), GrainId.Create("customer", "c:race"));
        var states = Enumerable.Range(0, 8).Select(i => new GrainState<CustomerSnapshot>(new CustomerSnapshot { Sequence = i })).ToArray();
        var writes = await Task.WhenAll(states.Select(async state =>
        {
            try
            {
                await storage.WriteStateAsync("race", grain, state);
                return true;
            }
            catch (InconsistentStateException)
            {
                return false;
            }
        }));

        Assert.Single(writes, won => won);
        var winner = states[Array.IndexOf(writes, true)];
        await storage.WriteStateAsync("race", grain, winner);
        Assert.Equal("2", winner.ETag);
        await storage.ClearStateAsync("race", grain, winner);
        await storage.WriteStateAsync("race", grain, new GrainState<CustomerSnapshot>(new CustomerSnapshot()));
    }

    [Fact]
    public async Task All_snapshots_deleted_or_from_a_later_copy_lose_nothing()
    {
        var id = CustomerId.OfUser(_store, "cache");
        await cluster.Router().RecordAsync([Sent.Order(id, "cache", 500), .. Enumerable.Range(0, 100).Select(p => Sent.Page(id, $"p{p}"))]);
        await cluster.DeactivateAsync(id);
        Execute("UPDATE OrleansStorage SET PayloadBinary = NULL, Version = Version + 1");
        Assert.Equal(101, (await cluster.Grains.GetCustomer(id).ViewAsync(null)).Revision);

        await cluster.DeactivateAsync(id);
        var grain = GrainId.Create("customer", GrainKeys.Of(id));
        var state = new GrainState<CustomerSnapshot>(new CustomerSnapshot());
        await Storage().ReadStateAsync("customer", grain, state);
        state.State = state.State! with { Sequence = 5_000 };
        await Storage().WriteStateAsync("customer", grain, state);
        var view = await cluster.Grains.GetCustomer(id).ViewAsync(null);
        Assert.Equal((101, 500), ((int)view.Revision, (int)view.Summary.Net.Minor));

        Execute("DELETE FROM OrleansStorage");
        await cluster.DeactivateAsync(id);
        Assert.Equal(101, (await cluster.Grains.GetCustomer(id).ViewAsync(null)).Revision);
    }

    private IGrainStorage Storage() => cluster.Service<IGrainStorage>(0);

    private async Task<string> WriteThenReadAsync(string type, string key, string otherType, string otherKey)
    {
        var storage = Storage();
        var written = new GrainState<CustomerSnapshot>(new CustomerSnapshot());
        await storage.ReadStateAsync("pinned", GrainId.Create(type, key), written);
        written.State = new CustomerSnapshot { Fold = "state of one" };
        await storage.WriteStateAsync("pinned", GrainId.Create(type, key), written);
        var read = new GrainState<CustomerSnapshot>(new CustomerSnapshot());
        await storage.ReadStateAsync("pinned", GrainId.Create(otherType, otherKey), read);
        return read.State!.Fold;
    }

    private void Execute(string sql)
    {
        using SqliteConnection connection = cluster.Snapshots.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
