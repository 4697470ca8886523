namespace ClvOrleans.Reliability.Tests.Soak;

/// <summary>What the soak calls growth: the collector's ups and downs are none, a leak below them is.</summary>
public sealed class MemoryCurveTests
{
    private static readonly TimeSpan Minutes = TimeSpan.FromMinutes(20);

    [Fact]
    public void What_the_collector_frees_again_is_no_growth()
    {
        var curve = Of(second => 240 + (second * 7 % 60));
        Assert.InRange(curve.Growth, -1, 1);
        Assert.InRange(curve.Level, 240, 241);
    }

    [Fact]
    public void What_fills_at_first_is_no_growth()
    {
        var curve = Of(second => 200 + Math.Min(second, 290) / 5);
        Assert.Equal((0.0, 258.0), (curve.Growth, curve.Level));
        Assert.Equal([200, 212, 224, 236, 248], curve.Least.Take(5));
    }

    [Fact]
    public void A_leak_of_two_megabytes_a_minute_below_ups_and_downs_is_seen() =>
        Assert.InRange(Of(second => 240 + (second * 2 / 60) + (second * 7 % 60)).Growth, 38, 42);

    private static MemoryCurve Of(Func<long, long> megabytes)
    {
        var curve = new MemoryCurve(Minutes);
        for (var second = 0; second < Minutes.TotalSeconds + 5; second++)
        {
            curve.Add(TimeSpan.FromSeconds(second), megabytes(second));
        }

        return curve;
    }
}
