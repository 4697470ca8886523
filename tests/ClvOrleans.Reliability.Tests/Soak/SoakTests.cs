using System.Diagnostics;

namespace ClvOrleans.Reliability.Tests.Soak;

/// <summary>
/// The real executable under half of what it takes, for <c>CLV_SOAK_MINUTES</c>: all is acknowledged, and memory stays flat.
/// </summary>
public sealed class SoakTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Trial = Sizes.Of(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30));
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Half_the_load_leaves_memory_flat()
    {
        await using var service = await Service.ServeAsync(Service.NewFolder());
        using var load = new Load([service.Address]);
        var most = await load.SendAsync(Trial);
        var samples = new List<(double Minutes, double Megabytes)>();
        using var over = new CancellationTokenSource();
        var watching = WatchAsync(service, samples, over.Token);
        var kept = await load.SendAsync(Sizes.Soak, most / 2);
        await over.CancelAsync();
        await watching;

        // What fills at first is no leak: the last three quarters count.
        var later = samples[(samples.Count / 4)..];
        var (slope, level) = (Slope(later), later.Average(s => s.Megabytes));
        var growth = slope * Sizes.Soak.TotalMinutes;
        output.WriteLine(FormattableString.Invariant(
            $"{most:N0} events/s at most, {kept:N0} kept up for {Sizes.Soak.TotalMinutes:0.##} min, {load.Acknowledged:N0} acknowledged; ")
            + FormattableString.Invariant($"memory {level:N0} MB, {slope:+0.00;-0.00} MB/min"));
        Assert.InRange(kept, most * Sizes.Of(.1, .4), most * .55);
        Assert.True(growth < level * Sizes.Of(.5, .1), FormattableString.Invariant($"Memory grew by {growth:N0} of {level:N0} MB."));
    }

    private static async Task WatchAsync(Service service, List<(double Minutes, double Megabytes)> samples, CancellationToken end)
    {
        for (var clock = Stopwatch.StartNew(); !end.IsCancellationRequested;)
        {
            samples.Add((clock.Elapsed.TotalMinutes, service.ResidentMemory));
            await Task.Delay(Pause, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // By least squares.
    private static double Slope(List<(double Minutes, double Megabytes)> samples)
    {
        var (x, y) = (samples.Average(s => s.Minutes), samples.Average(s => s.Megabytes));
        return samples.Sum(s => (s.Minutes - x) * (s.Megabytes - y)) / samples.Sum(s => (s.Minutes - x) * (s.Minutes - x));
    }
}
