namespace ClvOrleans.Policies.Tests;

/// <summary>Acting 2.9: quiet hours are those of the customer's clock, also on days on which it is changed.</summary>
public sealed class QuietHoursTests
{
    private static readonly QuietHours Night = new(new TimeOnly(22, 0), new TimeOnly(8, 0));

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-29T00:30:00Z", "2026-03-29T06:00:00Z")]
    [InlineData("Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-25T07:00:00Z")]
    [InlineData("Europe/Berlin", "2026-06-15T19:59:59Z", "2026-06-15T19:59:59Z")]
    [InlineData("Europe/Berlin", "2026-06-15T20:00:00Z", "2026-06-16T06:00:00Z")]
    [InlineData("Europe/Berlin", "2026-06-16T06:00:00Z", "2026-06-16T06:00:00Z")]
    [InlineData("Asia/Kathmandu", "2026-06-15T16:14:59Z", "2026-06-15T16:14:59Z")]
    [InlineData("Asia/Kathmandu", "2026-06-15T16:15:00Z", "2026-06-16T02:15:00Z")]
    [InlineData("America/New_York", "2026-03-08T05:30:00Z", "2026-03-08T12:00:00Z")]
    public void What_falls_into_them_is_held_to_their_end(string zone, string at, string held) => Assert.Equal(
        DateTimeOffset.Parse(held, null), Night.EndAfter(DateTimeOffset.Parse(at, null), TimeZoneInfo.FindSystemTimeZoneById(zone)));

    // Berlin goes from 02:00 to 03:00 on 29 March 2026, and from 03:00 back to 02:00 on 25 October.
    [Theory]
    [InlineData("2026-03-28T23:30:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("2026-10-24T23:00:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("2026-10-25T01:10:00Z", "2026-10-25T01:30:00Z")]
    public void An_end_that_the_clock_skips_or_shows_twice_is_the_first_instant_that_is_not_quiet(string at, string held)
    {
        var quiet = new QuietHours(new TimeOnly(22, 0), new TimeOnly(2, 30));
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var end = quiet.EndAfter(DateTimeOffset.Parse(at, null), berlin);
        Assert.Equal(DateTimeOffset.Parse(held, null), end);
        Assert.False(quiet.Contain(end, berlin));
    }

    [Fact]
    public void Held_or_dropped_the_decision_says_so()
    {
        var at = DateTimeOffset.Parse("2026-03-29T00:30:00Z", null);
        var policy = Decided.Policy() with { QuietHours = Night };
        var held = DecisionRule.Decide(policy, Decided.Inputs() with { At = at });
        Assert.Equal((DecisionOutcome.Acted, DateTimeOffset.Parse("2026-03-29T06:00:00Z", null)), (held.Outcome, held.DueAt));
        Assert.Equal("Europe/Berlin", held.Inputs.Zone);

        var dropped = DecisionRule.Decide(policy with { QuietHours = Night with { Drops = true } }, Decided.Inputs() with { At = at });
        Assert.Equal((DecisionOutcome.Suppressed, DecisionReason.QuietHours), (dropped.Outcome, dropped.Reason));
    }
}
