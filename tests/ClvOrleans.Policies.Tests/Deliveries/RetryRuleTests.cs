using ClvOrleans.Policies.Deliveries;

namespace ClvOrleans.Policies.Tests.Deliveries;

public sealed class RetryRuleTests
{
    private static readonly RetryRule Rule = new(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), 6);

    [Theory]
    [InlineData(1, 0, 5.0)]
    [InlineData(1, .5, 7.5)]
    [InlineData(2, 0, 10.0)]
    [InlineData(3, 0, 20.0)]
    [InlineData(4, 0, 30.0)]
    [InlineData(5, .5, 45.0)]
    [InlineData(6, 0, null)]
    public void Waits_double_up_to_the_longest_and_end_after_the_last_attempt(int attempts, double draw, double? seconds) =>
        Assert.Equal(seconds, Rule.WaitAfter(attempts, draw)?.TotalSeconds);

    [Fact]
    public void A_window_slides()
    {
        var (window, now) = (new SendWindow(3, TimeSpan.FromMinutes(1)), DateTimeOffset.UnixEpoch);
        window.Remember([now.AddSeconds(-59)]);
        Assert.Equal(2, window.Take(5, now));
        Assert.Equal(0, window.Take(5, now));
        Assert.Equal(1, window.Take(5, now.AddSeconds(1)));
        Assert.Equal(0, window.Take(5, now.AddSeconds(59)));
        Assert.Equal(2, window.Take(5, now.AddSeconds(60)));
    }
}
