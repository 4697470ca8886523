using System.Diagnostics;

namespace ClvOrleans.Reliability.Tests.Soak;

/// <summary>
/// The real executable under half of what it takes, for <c>CLV_SOAK_MINUTES</c>: all is acknowledged, and memory stays flat.
/// </summary>
public sealed class SoakTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Trial = Sizes.Of(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30));
    private static readonly TimeSpan Pause = Sizes.Soak / 400;

    // Whoever has gone leaves the memory within the warm-up, as after a quarter of an hour by default.
    private const string CollectionAge = "Customers__CollectionAge";

    [Fact]
    public async Task Half_the_load_leaves_memory_flat()
    {
        await using var service = await Service.ServeAsync(
            Service.NewFolder(), new ServiceOptions { Environment = new Dictionary<string, string> { [CollectionAge] = "00:02:00" } });
        using var load = new Load([service.Address]);
        var most = await load.SendAsync(Trial);
        if (Sizes.AreFull)
        {
            await load.FillAsync();
        }

        var (curve, filled) = (new MemoryCurve(Sizes.Soak), load.Acknowledged);
        using var over = new CancellationTokenSource();
        var watching = WatchAsync(service, curve, over.Token);
        var kept = await load.SendAsync(Sizes.Soak, most / 2);
        await over.CancelAsync();
        await watching;

        output.WriteLine(FormattableString.Invariant(
            $"{most:N0} events/s at most, {kept:N0} kept up for {Sizes.Soak.TotalMinutes:0.##} min after {filled:N0} events, ")
            + FormattableString.Invariant($"{load.Acknowledged:N0} acknowledged; memory {curve.Level:N0} MB, {curve.Growth:+0;-0} MB; ")
            + $"the least of each twentieth: {string.Join(' ', curve.Least)}");
        Assert.InRange(kept, most * Sizes.Of(.1, .4), most * .55);
        Assert.True(
            curve.Growth < curve.Level * Sizes.Of(.5, .1),
            FormattableString.Invariant($"Memory grew by {curve.Growth:N0} of {curve.Level:N0} MB: {string.Join(' ', curve.Least)}."));
    }

    private static async Task WatchAsync(Service service, MemoryCurve curve, CancellationToken end)
    {
        for (var clock = Stopwatch.StartNew(); !end.IsCancellationRequested;)
        {
            curve.Add(clock.Elapsed, service.ResidentMemory);
            await Task.Delay(Pause, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
