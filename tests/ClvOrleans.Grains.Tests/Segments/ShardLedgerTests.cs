using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Segments;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Grains.Tests.Segments;

public sealed class ShardLedgerTests
{
    private static readonly StoreId Store = new("shop");
    private static readonly SegmentCell Cell = new(Lifecycle.New, 3);
    private readonly ShardLedger _ledger = new();

    [Fact]
    public void A_change_that_cannot_be_added_leaves_the_sums_and_the_commit_as_they_were()
    {
        _ledger.Apply(Change(1, "anna", Cell, long.MaxValue));
        _ledger.Apply(Change(2, "otto", Cell with { Bucket = 4 }, 5));

        Assert.Throws<OverflowException>(() => _ledger.Apply(Change(3, "otto", Cell, 7)));
        Assert.Equal((2, long.MaxValue, 5), (_ledger.Commit, Orders(Cell), Orders(Cell with { Bucket = 4 })));

        // What can be added later is added to the old figures, once.
        _ledger.Apply(Change(4, "anna", Cell, 1));
        _ledger.Apply(Change(5, "otto", Cell, 7));
        Assert.Equal((5, 8), (_ledger.Commit, Orders(Cell)));
        Assert.Single(_ledger.ToSums());
    }

    [Fact]
    public void Who_became_another_customer_is_taken_off_and_forgotten()
    {
        _ledger.Apply(Change(1, "visitor", Cell, 1));
        _ledger.Apply(new ShardChange(2, CustomerId.OfUser(Store, "visitor"), Contribution.Gone(2)));
        Assert.Empty(_ledger.Contributions);
        Assert.Empty(_ledger.ToSums());
        Assert.Equal(2, _ledger.Commit);
    }

    private static ShardChange Change(long commit, string customer, SegmentCell cell, long orders) => new(
        commit, CustomerId.OfUser(Store, customer), new Contribution(commit, default, 0, cell, new SegmentSums { Orders = orders }));

    private long Orders(SegmentCell cell) => _ledger.ToSums()[cell].Orders;
}
