using ClvOrleans.Domain.Customers;
using ClvOrleans.Storage.Journal;

namespace ClvOrleans.Storage.Conformance.Journal;

/// <summary>Orders have one owner; what concerns them waits for it, or for two customers to become one.</summary>
public class OrderTests<TEngine> : StoreTests<TEngine>
    where TEngine : IStorageEngine, new()
{
    [Fact]
    public async Task An_order_has_one_owner_and_a_second_claim_writes_nothing()
    {
        await Store.Journal.AppendAsync(Sample.Commit("anna", 0, "m1") with { ClaimedOrders = ["1", "2"] });
        await Store.Journal.AppendAsync(Sample.Commit("anna", 1, "m2") with { ClaimedOrders = ["2"] });
        var taken = await Assert.ThrowsAsync<OrdersTakenException>(
            () => Store.Journal.AppendAsync(Sample.Commit("bea", 0, "m1") with { ClaimedOrders = ["0", "1", "2", "3"] }));

        Assert.Equal(["1", "2"], taken.Owners.Keys.Order(StringComparer.Ordinal));
        Assert.All(taken.Owners.Values, owner => Assert.Equal(Sample.Customer("anna"), owner));
        Assert.Equal(["1", "2"], (await Store.Journal.FindOwnersAsync(Shop, ["0", "1", "2", "3"])).Keys.Order(StringComparer.Ordinal));
        Assert.Empty(await Store.Journal.FindOwnersAsync(Other, ["1"]));
        Assert.Empty(await Store.Journal.ReadAsync(Sample.Customer("bea"), 0));
        Assert.Null(await Store.Rows.FindAsync(Sample.Customer("bea")));
    }

    [Fact]
    public async Task An_event_is_held_once_until_its_order_is_placed_and_then_goes_to_the_owner()
    {
        var held = new HeldEvent(Sample.Customer("anna"), Sample.Refund("r1", "1"));
        Assert.Null(await Store.Journal.HoldAsync(held));
        Assert.Null(await Store.Journal.HoldAsync(held));
        Assert.Equal(["r1"], (await Store.Journal.HeldAsync(Shop, ["1", "2"])).Select(h => h.Event.MessageId));

        var placed = Sample.Commit("bea", 0, "m1") with { ClaimedOrders = ["1"] };
        await Assert.ThrowsAsync<SequenceConflictException>(() => Store.Journal.AppendAsync(placed));
        await Store.Journal.AppendAsync(placed with { Delivered = [held] });
        Assert.Empty(await Store.Journal.HeldAsync(Shop, ["1"]));
        Assert.Equal(Sample.Customer("bea"), await Store.Journal.HoldAsync(held));
        Assert.Empty(await Store.Journal.HeldAsync(Shop, ["1"]));
    }

    [Fact]
    public async Task Events_that_have_waited_since_before_a_time_are_removed()
    {
        var at = Sample.Refund("r", "1").At;
        foreach (var (i, store) in Enumerable.Range(0, 600).Select(i => (i, i % 100 == 0 ? Other : Shop)))
        {
            var e = Sample.Refund($"r{i}", $"o{i % 7}") with { At = at.AddSeconds(i % 2) };
            await Store.Journal.HoldAsync(new HeldEvent(CustomerId.OfUser(store, "anna"), e));
        }

        Assert.Equal(294, await Store.Held.PruneAsync(Shop, at.AddSeconds(1)));
        Assert.Equal(0, await Store.Held.PruneAsync(Shop, at.AddSeconds(1)));
        string[] orders = [.. Enumerable.Range(0, 7).Select(i => $"o{i}")];
        var left = await Store.Journal.HeldAsync(Shop, orders);
        Assert.Equal(300, left.Count);
        Assert.All(left, h => Assert.Equal(at.AddSeconds(1), h.Event.At));
        Assert.Equal(6, (await Store.Journal.HeldAsync(Other, orders)).Count);
    }

    [Fact]
    public async Task A_contested_completion_is_kept_once_and_shows_the_rivals()
    {
        await Store.Journal.AppendAsync(Sample.Commit("anna", 0, "m1") with { ClaimedOrders = ["1"] });
        var contested = new ContestedCompletion(Sample.Customer("bea"), Sample.Completion("m2", "1"));
        Assert.Null(await Store.Journal.ContestAsync(contested, Sample.Customer("anna")));
        Assert.Null(await Store.Journal.ContestAsync(contested, Sample.Customer("anna")));
        Assert.Equal(Sample.Customer("bea"), await Store.Journal.ContestAsync(contested, Sample.Customer("cleo")));

        Assert.Equal(
            ["m2"], (await Store.Journal.ContestedAsync(Sample.Customer("anna"), Sample.Customer("bea"))).Select(c => c.Event.MessageId));
        Assert.Equal(
            ["m2"], (await Store.Journal.ContestedAsync(Sample.Customer("bea"), Sample.Customer("anna"))).Select(c => c.Event.MessageId));
        Assert.Empty(await Store.Journal.ContestedAsync(Sample.Customer("anna"), Sample.Customer("cleo")));
        Assert.Equal([Sample.Customer("bea")], (await Store.Journal.FindRivalsAsync(Sample.Customer("anna"))).Others);
        Assert.Equal([Sample.Customer("anna")], (await Store.Journal.FindRivalsAsync(Sample.Customer("bea"))).Others);
    }

    [Fact]
    public async Task What_comes_to_be_contested_during_a_merge_fences_it_off()
    {
        await Store.Journal.AppendAsync(Sample.Commit("anna", 0, "m1") with { ClaimedOrders = ["1"] });
        var contested = new ContestedCompletion(Sample.Customer("a1"), Sample.Completion("m2", "1"));
        Assert.Null(await Store.Journal.ContestAsync(contested, Sample.Customer("anna")));

        var merge = Sample.Commit("anna", 1, "m3") with { Merged = new IdentityMerge(Sample.Customer("a1"), 0) };
        await Assert.ThrowsAsync<SequenceConflictException>(() => Store.Journal.AppendAsync(merge));
        await Store.Journal.AppendAsync(
            merge with { Settled = [.. await Store.Journal.ContestedAsync(Sample.Customer("a1"), Sample.Customer("anna"))] });
        Assert.Empty(await Store.Journal.ContestedAsync(Sample.Customer("anna"), Sample.Customer("anna")));
        Assert.Equal(Sample.Customer("anna"), await Store.Journal.ContestAsync(contested, Sample.Customer("anna")));
    }
}
