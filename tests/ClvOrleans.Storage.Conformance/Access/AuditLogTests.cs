using ClvOrleans.Storage.Audit;

namespace ClvOrleans.Storage.Conformance.Access;

/// <summary><see cref="IAuditLog"/>: what was done is found again, and does not tell to whom.</summary>
public class AuditLogTests<TEngine> : StoreTests<TEngine>
    where TEngine : IStorageEngine, new()
{
    [Fact]
    public async Task Entries_come_back_as_they_were_kept_the_latest_first_with_customers_as_pseudonyms()
    {
        AuditEntry[] entries =
        [
            Sample.Audit("k1"),
            Sample.Audit("k2") with
            {
                Action = AuditAction.Change,
                Target = "win-back ❤",
                Count = 7,
                Status = 403,
                Customers = ["anna", "ben"],
            },
        ];
        await Store.Audit.AppendAsync(entries);
        await Store.Audit.AppendAsync([]);
        await ReopenAsync();
        var kept = await Store.Audit.ListAsync(new AuditQuery(Shop), long.MaxValue, 10);
        Assert.Equal(["k2", "k1"], kept.Select(e => e.Caller));
        Assert.Equal(2, kept[0].Customers.Distinct().Count());
        Assert.All(kept[0].Customers, c => Assert.Matches("^[0-9a-f]+$", c));
        Assert.Equal(
            entries.AsEnumerable().Reverse().Select(e => e with { Customers = [] }), kept.Select(e => e with { Id = 0, Customers = [] }));
        Assert.True(kept[0].Id > kept[1].Id);
    }

    [Fact]
    public async Task Entries_are_found_by_caller_action_customer_and_time_and_only_those_of_the_store()
    {
        await Store.Audit.AppendAsync(
        [
            Sample.Audit("k1") with { Customers = ["anna"] },
            Sample.Audit("k2") with { Action = AuditAction.Erase, Customers = ["ben", "anna"] },
            Sample.Audit("k1") with { At = Sample.Time.AddDays(1), Customers = [] },
            Sample.Audit("k1") with { Store = Other, Customers = ["anna"] },
        ]);
        await ReopenAsync();
        Assert.Equal([3, 1], await NumbersAsync(new AuditQuery(Shop, Caller: "k1")));
        Assert.Equal([2], await NumbersAsync(new AuditQuery(Shop, Action: AuditAction.Erase)));
        Assert.Equal([2, 1], await NumbersAsync(new AuditQuery(Shop, Customer: "anna")));
        Assert.Empty(await NumbersAsync(new AuditQuery(Shop, Customer: "ann")));
        Assert.Equal([3], await NumbersAsync(new AuditQuery(Shop, Since: Sample.Time.AddDays(1))));
        Assert.Equal([4], await NumbersAsync(new AuditQuery(Other)));
    }

    [Fact]
    public async Task Entries_are_listed_page_by_page()
    {
        await Store.Audit.AppendAsync([.. Enumerable.Range(0, 7).Select(i => Sample.Audit($"k{i}"))]);
        var pages = new List<string>();
        var (query, before) = (new AuditQuery(Shop), long.MaxValue);
        for (; await Store.Audit.ListAsync(query, before, 3) is { Count: > 0 } page; before = page[^1].Id)
        {
            pages.Add(string.Join(' ', page.Select(e => e.Caller)));
        }

        Assert.Equal(["k6 k5 k4", "k3 k2 k1", "k0"], pages);
    }

    private async Task<IEnumerable<long>> NumbersAsync(AuditQuery query) =>
        (await Store.Audit.ListAsync(query, long.MaxValue, 10)).Select(e => e.Id);
}
