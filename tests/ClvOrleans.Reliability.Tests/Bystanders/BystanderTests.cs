using ClvOrleans.Reliability.Tests.Resources;
using ClvOrleans.Reliability.Tests.Storage;

namespace ClvOrleans.Reliability.Tests.Bystanders;

/// <summary>What anyone may do, with the public write key or without it, does not hold up a shop that sends its orders.</summary>
[Collection(nameof(Alone))]
public sealed class BystanderTests(PreparedStore store, ITestOutputHelper output) : IClassFixture<PreparedStore>
{
    private const long MostMemory = 500;
    private const double MostMilliseconds = 200;

    [Fact]
    public async Task A_bystander_is_served_while_everything_that_is_refused_is_sent()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs /proc.");
        var folder = store.Copy();
        Damage.Run(
            Path.Combine(folder, "snapshots.db"), "UPDATE OrleansStorage SET PayloadBinary = $garbage",
            ("$garbage", "{\"garbage"u8.ToArray()));
        await using var service = await Service.ServeAsync(folder);
        await MeasureAsync(service, "warm", () => Task.Delay(2_000));
        var idle = await MeasureAsync(service, "idle", () => Task.Delay(Sizes.Of(4_000, 10_000)));
        var disturbed = await MeasureAsync(service, "bystander", () => DisturbAsync(service));
        output.WriteLine($"p99 idle {idle.P99():0} ms, disturbed {disturbed.P99():0} ms; peak memory {service.PeakMemory} MB");

        Assert.Empty(disturbed.Refusals);
        Assert.InRange(service.PeakMemory, 0, MostMemory);

        // On a machine that does other things besides, the bound grows with what an idle service needs there.
        Assert.InRange(disturbed.P99(), 0, Sizes.AreFull ? MostMilliseconds : MostMilliseconds + (5 * idle.P99()));
        Assert.Equal(disturbed.Orders, (await service.Client.HistoricAsync("bystander")).Orders);
    }

    private static async Task<Bystander> MeasureAsync(Service service, string name, Func<Task> meanwhile)
    {
        var bystander = new Bystander(service.Address, name);
        using var end = new CancellationTokenSource();
        var posting = bystander.PostAsync(end.Token);
        try
        {
            await meanwhile();
        }
        finally
        {
            await end.CancelAsync();
            await posting;
        }

        return bystander;
    }

    private static async Task DisturbAsync(Service service)
    {
        using var heads = await SlowConnections.OpenAsync(service.Address, Sizes.Of(150, 750), "GET / HTTP/1.1\r\n");
        using var bodies = await SlowConnections.OpenAsync(
            service.Address, Sizes.Of(150, 750), "POST /v1/batch HTTP/1.1\r\nHost: clv\r\nContent-Length: 100000\r\n\r\n{");
        await Task.WhenAll(
            RefusedAsync(service),
            NestedBodies.SendAsync(service.Address, Sizes.Of(40, 200), 100, Service.WriteKey),
            PoisonedAsync(service),
            DripAsync(heads),
            DripAsync(bodies),
            Task.Delay(Sizes.Of(8_000, 30_000)));
    }

    private static async Task RefusedAsync(Service service)
    {
        var answer = await service.Client.AcknowledgedAsync(Enumerable.Repeat<object>("{}", Sizes.Of(5_000, 20_000)));
        Assert.Equal(Sizes.Of(5_000, 20_000), answer.Refused.Length);
    }

    // A customer whose snapshot cannot be read and who has absurd orders, in one batch with another.
    private static async Task PoisonedAsync(Service service)
    {
        var sick = PreparedStore.Customers[0];
        var absurd = Enumerable.Range(0, Sizes.Of(2_000, 20_000)).Select(i => Track.Order(sick, $"absurd-{i}", 1_000_000_000_000));
        await service.Client.SendAsync(absurd);
        for (var i = 0; i < 10; i++)
        {
            var answer = await service.Client.AcknowledgedAsync(
                Track.Order(sick, $"sick-{i}", 1), Track.Order("good", $"good-{i}", 10), Track.Refund("good", $"good-{i}", 4));
            Assert.Equal(3, answer.Accepted);
        }

        Assert.Equal(60m, (await service.Client.HistoricAsync("good")).Net);
        Assert.Equal(PreparedStore.EachOrders + 10, (await service.Client.HistoricAsync(sick)).Orders);
    }

    private static async Task DripAsync(SlowConnections connections)
    {
        for (var i = 0; i < 6; i++)
        {
            await connections.DripAsync();
            await Task.Delay(1_000);
        }
    }
}
