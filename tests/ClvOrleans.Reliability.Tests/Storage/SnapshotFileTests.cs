namespace ClvOrleans.Reliability.Tests.Storage;

/// <summary>Snapshots are a cache: whatever happens to their file costs time, never an answer.</summary>
public sealed class SnapshotFileTests(PreparedStore store) : IClassFixture<PreparedStore>
{
    public static TheoryData<string> Damages =>
        new(Sizes.Of<string[]>(["payload", "header"], ["payload", "half a payload", "pages", "header", "half", "deleted"]));

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Every_customer_is_whole_and_written_though_the_snapshots_are_broken_at_the_start(string what)
    {
        var folder = store.Copy();
        var path = Path.Combine(folder, "snapshots.db");
        switch (what)
        {
            case "payload":
                Damage.Run(path, "UPDATE OrleansStorage SET PayloadBinary = $garbage", ("$garbage", "{\"garbage"u8.ToArray()));
                break;
            case "half a payload":
                Damage.Run(path, "UPDATE OrleansStorage SET PayloadBinary = substr(PayloadBinary, 1, length(PayloadBinary) / 2)");
                break;
            case "pages":
                Damage.Smash(path, 2, Damage.Pages(path));
                break;
            case "header":
                Damage.Smash(path, 0, 1);
                break;
            case "half":
                Damage.Halve(path);
                break;
            default:
                Damage.Delete(path);
                break;
        }

        await using var service = await Service.ServeAsync(folder);
        await IsWholeAsync(service.Client);
    }

    [Fact]
    public async Task Every_customer_is_whole_and_written_though_snapshots_cannot_be_written()
    {
        var folder = store.Copy();
        await using var service = await Service.ServeAsync(folder);
        Damage.Run(Path.Combine(folder, "snapshots.db"), "DROP TABLE OrleansStorage");
        await IsWholeAsync(service.Client);
    }

    // A batch large enough for a new snapshot of each, with someone new and what comes after them.
    private static async Task IsWholeAsync(Client client)
    {
        Assert.Equal(PreparedStore.Customers.Select(_ => PreparedStore.EachOrders), await PreparedStore.OrdersAsync(client));
        const int Each = 70;
        var orders = PreparedStore.Customers.SelectMany(c => Enumerable.Range(0, Each).Select(i => Track.Order(c, $"{c}-new-{i}", 1)));
        var answer = await client.AcknowledgedAsync([.. orders, Track.Order("good", "g", 10), Track.Refund("good", "g", 4)]);
        Assert.Equal((PreparedStore.Customers.Count * Each) + 2, answer.Accepted);
        Assert.Equal(PreparedStore.Customers.Select(_ => PreparedStore.EachOrders + Each), await PreparedStore.OrdersAsync(client));
        Assert.Equal(6m, (await client.HistoricAsync("good")).Net);
        var report = (await client.ReportAsync()).GetProperty("total");
        Assert.Equal(PreparedStore.Orders + (PreparedStore.Customers.Count * Each) + 1, report.GetProperty("orders").GetInt32());
    }
}
