using System.Globalization;
using ClvOrleans.Reliability.Tests.Soak;

namespace ClvOrleans.Reliability.Tests.Clusters;

/// <summary>Three silos over PostgreSQL that are asked in turn.</summary>
public sealed class EvenWorkTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Span = Sizes.Of(TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(60));

    [Fact]
    public async Task Each_silo_does_a_third_of_the_work()
    {
        using var database = Database.Start();
        await using var cluster = new Cluster(database, network: null, clock: null, standby: null);
        await cluster.StartAsync();
        using var load = new Load(cluster.Addresses);
        await load.SendAsync(Span / 4);
        var before = Used();
        var rate = await load.SendAsync(Span);
        var used = Used().Zip(before, (now, then) => (now - then).TotalSeconds).ToArray();
        var shares = used.Select(u => u / used.Sum()).ToArray();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{rate:N0} events/s; shares of the processor time of silos: {shares[0]:0.000}, {shares[1]:0.000}, {shares[2]:0.000}"));

        // In a few seconds, what a silo compiles first weighs as much as its share.
        Assert.All(shares, s => Assert.InRange(s, Sizes.Of(.15, .25), Sizes.Of(.6, .42)));

        TimeSpan[] Used() => [.. Enumerable.Range(0, Cluster.Silos).Select(i => cluster[i].ProcessorTime)];
    }
}
