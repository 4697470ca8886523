using ClvOrleans.Domain.Customers;
using ClvOrleans.Storage.Journal;

namespace ClvOrleans.Storage.Conformance.Journal;

/// <summary><see cref="CustomerCommit.Merged"/>: one identity becomes another, within one transaction.</summary>
public class MergeTests<TEngine> : StoreTests<TEngine>
    where TEngine : IStorageEngine, new()
{
    [Fact]
    public async Task Merging_an_identity_moves_its_events_and_orders_and_leaves_a_link()
    {
        await Store.Journal.AppendAsync(Sample.Commit("a1", 0, "page") with { ClaimedOrders = ["1"] });
        await Store.Journal.AppendAsync(Sample.Commit("anna", 0, "page") with { Merged = new IdentityMerge(Sample.Customer("a1"), 1) });

        Assert.Empty(await Store.Journal.ReadAsync(Sample.Customer("a1"), 0));
        Assert.Equal(Sample.Customer("anna"), (await Store.Journal.FindTipAsync(Sample.Customer("a1"))).MovedTo);
        Assert.Equal(Sample.Customer("anna"), (await Store.Journal.FindOwnersAsync(Shop, ["1"]))["1"]);
        Assert.Equal([Sample.Customer("a1")], await Store.Journal.FindIdentitiesAsync(Sample.Customer("anna")));
        Assert.Equal(1, (await Store.Rows.SumAsync(Shop)).Values.Sum(s => s.Customers));
    }

    [Fact]
    public async Task Identities_of_an_identity_lead_to_the_last_one()
    {
        await Store.Journal.AppendAsync(Sample.Commit("b", 0, "m1") with { Merged = new IdentityMerge(Sample.Customer("a"), 0) });
        await Store.Journal.AppendAsync(Sample.Commit("c", 0, "m1") with { Merged = new IdentityMerge(Sample.Customer("b"), 1) });

        Assert.Equal(Sample.Customer("c"), (await Store.Journal.FindTipAsync(Sample.Customer("a"))).MovedTo);
        Assert.Equal(
            ["a", "b"], (await Store.Journal.FindIdentitiesAsync(Sample.Customer("c"))).Select(c => c.Id).Order(StringComparer.Ordinal));
        Assert.Empty(await Store.Journal.FindIdentitiesAsync(Sample.Customer("b")));
        Assert.Equal(Sample.Customer("c"), (await Store.Journal.FindRivalsAsync(Sample.Customer("a"))).Customer);
    }

    [Fact]
    public async Task An_identity_that_has_written_since_it_was_released_is_not_merged()
    {
        await Store.Journal.AppendAsync(Sample.Commit("a1", 0, "m1"));
        await Store.Journal.AppendAsync(Sample.Commit("a1", 1, "m2"));
        await Assert.ThrowsAsync<SequenceConflictException>(
            () => Store.Journal.AppendAsync(Sample.Commit("anna", 0, "m1") with { Merged = new IdentityMerge(Sample.Customer("a1"), 1) }));
        Assert.Equal(2, (await Store.Journal.ReadAsync(Sample.Customer("a1"), 0)).Count);
        Assert.Empty(await Store.Journal.ReadAsync(Sample.Customer("anna"), 0));
    }

    [Fact]
    public async Task An_identity_that_has_moved_without_events_takes_none_afterwards()
    {
        await Store.Journal.AppendAsync(Sample.Commit("anna", 0, "page") with { Merged = new IdentityMerge(Sample.Customer("a1"), 0) });

        await Assert.ThrowsAsync<SequenceConflictException>(() => Store.Journal.AppendAsync(Sample.Commit("a1", 0, "stray")));
        await Assert.ThrowsAsync<SequenceConflictException>(
            () => Store.Journal.AppendAsync(Sample.Commit("bea", 0, "late") with { Merged = new IdentityMerge(Sample.Customer("a1"), 0) }));
        Assert.Empty(await Store.Journal.ReadAsync(Sample.Customer("a1"), 0));
        Assert.Equal(Sample.Customer("anna"), (await Store.Journal.FindTipAsync(Sample.Customer("a1"))).MovedTo);
    }

    [Fact]
    public async Task More_identities_than_may_be_one_customer_are_refused_within_the_transaction()
    {
        await Store.Journal.AppendAsync(Sample.Commit("anna", 0, "m1") with { Merged = new IdentityMerge(Sample.Customer("a1"), 0, 2) });
        await Store.Journal.AppendAsync(Sample.Commit("bea", 0, "m2") with { Merged = new IdentityMerge(Sample.Customer("b1"), 0, 2) });

        await Assert.ThrowsAsync<IdentityLimitException>(
            () => Store.Journal.AppendAsync(
                Sample.Commit("anna", 1, "m3") with { Merged = new IdentityMerge(Sample.Customer("bea"), 1, 2) }));
        await Store.Journal.AppendAsync(
            Sample.Commit("anna", 1, "m3") with { Merged = new IdentityMerge(CustomerId.OfVisitor(Shop, "a1"), 0, 1) });
        Assert.Null((await Store.Journal.FindTipAsync(Sample.Customer("bea"))).MovedTo);
        Assert.Equal(2, (await Store.Journal.ReadAsync(Sample.Customer("anna"), 0)).Count);
    }

    [Fact]
    public async Task A_merge_is_reported_to_followers_as_a_customer_that_is_gone()
    {
        await Store.Journal.AppendAsync(Sample.Commit("a1", 0, "m1"));
        await Store.Journal.AppendAsync(Sample.Commit("anna", 0, "m1") with { Merged = new IdentityMerge(Sample.Customer("a1"), 1) });
        var gone = Assert.Single(
            await Store.Rows.ChangesAsync(Shop, Sample.Customer("a1").Shard, 0).ToListAsync(), c => c.Customer.Id == "a1");
        Assert.Null(gone.Contribution.Cell);
        Assert.Equal(2, gone.Contribution.Revision);
    }
}
