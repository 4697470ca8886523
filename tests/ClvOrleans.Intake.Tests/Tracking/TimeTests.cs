using System.Globalization;
using System.Text;
using ClvOrleans.Intake.Tracking;

namespace ClvOrleans.Intake.Tests.Tracking;

/// <summary>The server's clock says 2026-11-23T12:00:00Z.</summary>
public sealed class TimeTests
{
    [Theory]
    [InlineData("\"2026-02-03T04:05:06.789Z\"", "2026-02-03T04:05:06.789Z")]
    [InlineData("\"2026-02-03T04:05:06\"", "2026-02-03T04:05:06.000Z")]
    [InlineData("\"2026-02-03\"", "2026-02-03T12:00:00.000Z")] // A day is its noon in the store's zone.
    [InlineData("\"20260203\"", "2026-02-03T12:00:00.000Z")]
    [InlineData("\"2026-02-03 04:05:06 -0500\"", "2026-02-03T09:05:06.000Z")]
    [InlineData("\"2026-02-03T04:05:06+05:30\"", "2026-02-02T22:35:06.000Z")]
    [InlineData("\"2026-02-03T04:05:06+05\"", "2026-02-02T23:05:06.000Z")]
    [InlineData("\"2026-02-03 04:05:06 UTC\"", "2026-02-03T04:05:06.000Z")]
    [InlineData("\"2026-02-03T04:05:06,123456789Z\"", "2026-02-03T04:05:06.123Z")]
    [InlineData("\"2016-12-31T23:59:60Z\"", "2016-12-31T23:59:59.000Z")]
    [InlineData("\"Tue, 03 Feb 2026 04:05:06 GMT\"", "2026-02-03T04:05:06.000Z")]
    [InlineData("1770091506", "2026-02-03T04:05:06.000Z")]
    [InlineData("1770091506.789", "2026-02-03T04:05:06.789Z")]
    [InlineData("1770091506789", "2026-02-03T04:05:06.789Z")]
    [InlineData("\"1770091506789\"", "2026-02-03T04:05:06.789Z")]
    [InlineData("\"\"", "2026-11-23T12:00:00.000Z")]
    [InlineData("null", "2026-11-23T12:00:00.000Z")]
    public void Times_are_read_as_clients_write_them(string json, string at) =>
        Assert.Equal(DateTimeOffset.Parse(at, CultureInfo.InvariantCulture), At($"\"timestamp\":{json}"));

    [Theory]
    [InlineData("\"0000-01-01T00:00:00Z\"", "invalid_time")]
    [InlineData("\"0001-01-01T00:00:00Z\"", "invalid_time")]
    [InlineData("\"0001-01-01T00:00:00+05:00\"", "invalid_time")]
    [InlineData("\"1989-12-31T23:59:59Z\"", "invalid_time")]
    [InlineData("\"9999-12-31T23:59:59Z\"", "time_in_future")]
    [InlineData("\"9999-12-31T23:59:59-05:00\"", "invalid_time")]
    [InlineData("\"+010000-01-01T00:00:00Z\"", "invalid_time")]
    [InlineData("\"2026-11-24T12:00:01Z\"", "time_in_future")]
    [InlineData("\"2026-02-30T00:00:00Z\"", "invalid_time")]
    [InlineData("\"Invalid Date\"", "invalid_time")]
    [InlineData("\"2026020\"", "invalid_time")]
    [InlineData("\"03/02/2026\"", "invalid_time")]
    [InlineData("1e300", "invalid_time")]
    [InlineData("-1", "invalid_time")]
    [InlineData("true", "invalid_time")]
    [InlineData("{}", "invalid_time")]
    public void What_is_no_time_of_an_event_is_refused_by_name(string json, string code)
    {
        var refused = Sent.Refused($$"""{"type":"page","userId":"u","timestamp":{{json}}}""");
        Assert.Equal(code, refused.Code);
        Assert.StartsWith("timestamp ", refused.Message, StringComparison.Ordinal);
        Assert.Equal(code, Sent.Refused($$"""{"type":"page","userId":"u","originalTimestamp":{{json}}}""").Code);
    }

    [Theory]
    [InlineData("12:55", "13:00", "11:55")] // An hour ahead.
    [InlineData("10:55", "11:00", "11:55")] // An hour behind.
    [InlineData("13:00", "12:55", "12:00")] // Stamped after it was sent: at arrival.
    public void With_originalTimestamp_and_sentAt_the_clients_clock_is_cancelled(string original, string sent, string at) => Assert.Equal(
        At($"\"timestamp\":\"2026-11-23T{at}:00Z\""),
        At($"\"originalTimestamp\":\"2026-11-23T{original}:00Z\",\"sentAt\":\"2026-11-23T{sent}:00Z\""));

    [Fact]
    public void Even_a_clock_of_1970_is_cancelled() => Assert.Equal(
        Sent.Noon.AddSeconds(-30), At("\"originalTimestamp\":\"1970-01-01T00:00:00Z\",\"sentAt\":\"1970-01-01T00:00:30Z\""));

    [Fact]
    public void An_age_beyond_the_calendar_is_refused() => Assert.Equal(
        "invalid_time",
        Sent.Refused("""{"type":"page","userId":"u","originalTimestamp":"0001-01-01T00:00:00Z","sentAt":"9999-12-31T00:00:00Z"}""").Code);

    [Fact]
    public void The_batchs_sentAt_serves_events_that_have_none() => Assert.Equal(
        Sent.Noon.AddMinutes(-5),
        Sent.Read(
            """{"type":"page","userId":"u","originalTimestamp":"2026-11-23T12:55:00Z"}""",
            ""","sentAt":"2026-11-23T13:00:00Z" """).Event.At);

    [Theory]
    [InlineData("2026-11-24T11:59:00Z", "2026-11-24T12:00:00Z", "2026-11-23T11:59:00Z")] // A day ahead.
    [InlineData("2027-11-23T11:59:00Z", "2027-11-23T12:00:00Z", "2026-11-23T11:59:00Z")] // A year ahead.
    [InlineData("2026-11-22T11:59:00Z", "2026-11-22T12:00:00Z", "2026-11-22T11:59:00Z")] // Behind, or delivered late.
    [InlineData("2026-11-20T00:00:00Z", "2026-11-23T12:00:02Z", "2026-11-20T00:00:00Z")] // Two seconds ahead: midnight stays midnight.
    [InlineData("2020-01-01T00:00:00Z", "2026-11-24T12:00:00Z", "2020-01-01T00:00:00Z")] // History was not read off the clock.
    public void A_timestamp_is_trusted_unless_the_clock_is_surely_ahead(string timestamp, string sent, string at) => Assert.Equal(
        At($"\"timestamp\":\"{at}\""), At($"\"timestamp\":\"{timestamp}\",\"sentAt\":\"{sent}\""));

    [Theory]
    [InlineData(
        "2000-01-01T00:00:10Z", "2000-01-01T00:00:12Z", "2026-11-23T11:59:58Z",
        "clock_behind")] // Years behind: a clock that was never set.
    [InlineData("1970-01-01T00:00:10Z", "1970-01-01T00:00:12Z", "2026-11-23T11:59:58Z", "clock_behind")]
    [InlineData(
        "2026-10-20T00:00:00Z", "2026-10-23T12:00:00Z", "2026-11-20T00:00:00Z", "clock_behind")] // 31 days behind, three days in the queue.
    [InlineData("2026-10-24T12:00:00Z", "2026-10-24T12:00:00Z", "2026-10-24T12:00:00Z", null)] // 30 days: a late delivery.
    [InlineData("2026-11-01T12:00:00Z", "2026-11-23T12:00:00Z", "2026-11-01T12:00:00Z", null)] // 22 days in the queue of a right clock.
    [InlineData("2009-12-01T08:00:00Z", "2026-11-23T12:00:00Z", "2009-12-01T08:00:00Z", null)] // History with a right sentAt.
    [InlineData(
        "2009-12-01T08:00:00Z", "2020-01-01T00:00:00Z", "2009-12-01T08:00:00Z",
        "time_ignored")] // History from a machine whose clock is behind.
    [InlineData("2026-11-23T11:00:00Z", "9999-05-28T13:13:23Z", "2026-11-23T11:00:00Z", "time_ignored")]
    [InlineData("2026-11-23T11:00:00Z", "2000-01-01T00:00:00Z", "2026-11-23T11:00:00Z", "time_ignored")]
    public void A_clock_that_is_plainly_wrong_is_corrected_by_the_difference_or_noted(
        string timestamp, string sent, string at, string? note)
    {
        var read = Sent.Read($$"""{"type":"page","userId":"u","timestamp":"{{timestamp}}","sentAt":"{{sent}}"}""");
        Assert.Equal(DateTimeOffset.Parse(at, CultureInfo.InvariantCulture), read.Event.At);
        Assert.Equal(note is null ? [] : [note], read.Notes.Select(n => n.Code));
        Assert.All(read.Notes, n => Assert.StartsWith("sentAt ", n.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2026-11-23T11:00:00Z", "9999-05-28T13:13:23Z", "2026-11-23T11:00:00Z", "time_ignored")]
    [InlineData("2026-11-13T11:00:00Z", "1980-01-06T00:00:00Z", "2026-11-13T11:00:00Z", "time_ignored")]
    [InlineData("1980-01-06T00:00:00Z", "1980-01-09T00:00:00Z", "2026-11-20T12:00:00Z", null)]
    [InlineData("2027-11-13T11:00:00Z", "2027-11-13T12:00:00Z", "2026-11-23T11:00:00Z", null)]
    public void A_sentAt_of_another_clock_than_originalTimestamp_is_left_out(string original, string sent, string at, string? note)
    {
        var read = Sent.Read($$"""{"type":"page","userId":"u","originalTimestamp":"{{original}}","sentAt":"{{sent}}"}""");
        Assert.Equal(DateTimeOffset.Parse(at, CultureInfo.InvariantCulture), read.Event.At);
        Assert.Equal(note is null ? [] : [note], read.Notes.Select(n => n.Code));
    }

    [Theory]
    [InlineData("\"timestamp\":\"2025-01-02T10:00:00Z\"")]
    [InlineData("\"originalTimestamp\":\"2025-01-02T11:00:00Z\"")] // An hour ahead, as receivedAt tells.
    public void An_event_that_was_received_before_keeps_its_time(string time) => Assert.Equal(
        new DateTimeOffset(2025, 1, 2, 10, 0, 0, TimeSpan.Zero),
        At(time + ",\"sentAt\":\"2025-01-02T11:00:05Z\",\"receivedAt\":\"2025-01-02T10:00:05Z\""));

    [Theory]
    [InlineData("2026-11-01", "2026-11-01T17:00:00Z")] // Noon in New York.
    [InlineData("2026-11-01T10:00:00", "2026-11-01T15:00:00Z")]
    [InlineData("2026-07-01 10:00", "2026-07-01T14:00:00Z")]
    [InlineData("2026-11-01T10:00:00Z", "2026-11-01T10:00:00Z")]
    [InlineData("2026-11-23", "2026-11-23T12:00:00Z")] // Noon there is still to come: the arrival.
    public void A_day_and_a_time_without_an_offset_are_of_the_stores_zone(string timestamp, string at)
    {
        var store = Sent.Store with { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York") };
        var batch = ReceivedBatch.Read(Encoding.UTF8.GetBytes($$"""{"type":"page","userId":"u","timestamp":"{{timestamp}}"}"""), "page");
        var read = EventReader.Read(batch.Events[0], batch, store, "web", Sent.Noon, () => "made");
        Assert.Equal(DateTimeOffset.Parse(at, CultureInfo.InvariantCulture), read.Event.At);
    }

    [Fact]
    public void What_is_a_little_ahead_happened_at_arrival_and_says_so()
    {
        var read = Sent.Read("""{"type":"page","userId":"u","timestamp":"2026-11-23T15:00:00Z"}""");
        Assert.Equal((Sent.Noon, "time_clamped"), (read.Event.At, Assert.Single(read.Notes).Code));
    }

    [Fact]
    public void An_unreadable_sentAt_costs_no_event()
    {
        var read = Sent.Read("""{"type":"page","userId":"u","timestamp":"2026-11-01T00:00:00Z","sentAt":"now"}""");
        Assert.Equal(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero), read.Event.At);
        Assert.Equal("sentAt", Assert.Single(read.Notes).Message.Split(' ')[0]);
    }

    private static DateTimeOffset At(string fields) => Sent.Read($$"""{"type":"page","userId":"u",{{fields}}}""").Event.At;
}
