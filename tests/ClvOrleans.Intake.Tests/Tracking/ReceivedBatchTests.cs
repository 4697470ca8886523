using System.Text;
using ClvOrleans.Domain.Events;
using ClvOrleans.Intake.Rules;
using ClvOrleans.Intake.Tracking;

namespace ClvOrleans.Intake.Tests.Tracking;

public sealed class ReceivedBatchTests
{
    private const string Context =
        ""","context":{"campaign":{"source":"news"},"traits":{"email":"a@b.example","name":"A"}},"integrations":{"All":false},"sentAt":"2026-11-23T13:00:00Z" """;

    [Fact]
    public void What_the_batch_says_holds_for_every_event_that_does_not_say_otherwise()
    {
        var read = Sent.Read("""{"type":"page","userId":"u","context":{"traits":{"name":"B"}}}""", Context).Event;
        Assert.Equal("news", read.Campaign);
        Assert.Equal("B", Assert.Single(read.Traits!).Value);
    }

    [Fact]
    public void A_refused_event_is_kept_so_that_it_reads_the_same_alone()
    {
        var batch = ReceivedBatch.Read(Encoding.UTF8.GetBytes(
            $$"""{"batch":[{"type":"page","userId":"u","originalTimestamp":"2026-11-23T12:55:00Z","writeKey":"WK","context":{"traits":{"name":"B"} } }]{{Context}} }"""), null);
        var kept = batch.Standalone(batch.Events[0], "m1");
        Assert.Equal(
            """{"messageId":"m1","type":"page","userId":"u","originalTimestamp":"2026-11-23T12:55:00Z","context":{"campaign":{"source":"news"},"traits":{"name":"B"}},"sentAt":"2026-11-23T13:00:00Z","integrations":{"All":false}}""",
            Encoding.UTF8.GetString(kept.Span));
        var alone = ReceivedBatch.Alone(ReceivedBatch.Parse(kept));
        var read = EventReader.Read(alone.Events[0], alone, Sent.Store, "web", Sent.Noon, () => "made").Event;
        Assert.Equal((Sent.Noon.AddMinutes(-5), "news", "m1"), (read.At, read.Campaign, read.MessageId));
    }

    [Theory]
    [InlineData("""{"type":"page","userId":"u"}""", "identify", EventKind.Identified)]
    [InlineData("""{"userId":"u"}""", "page", EventKind.PageViewed)]
    [InlineData("""{"type":"PAGE","userId":"u"}""", null, EventKind.PageViewed)]
    [InlineData("""{"batch":[{"type":"page","userId":"u"}]}""", "identify", EventKind.PageViewed)]
    [InlineData("""{"batch":[{"type":"page","userId":"u"}]}""", null, EventKind.PageViewed)]
    public void The_body_says_whether_it_is_a_batch_and_the_address_what_one_event_is(string body, string? path, EventKind kind)
    {
        var batch = ReceivedBatch.Read(Encoding.UTF8.GetBytes(body), path);
        Assert.Equal(kind, EventReader.Read(batch.Events[0], batch, Sent.Store, "web", Sent.Noon, () => "made").Event.Kind);
    }

    [Theory]
    [InlineData("", "invalid_json")]
    [InlineData("null", "invalid_body")]
    [InlineData("[]", "invalid_body")]
    [InlineData("{}", "empty_batch")]
    [InlineData("""{"batch":[]}""", "empty_batch")]
    [InlineData("""{"batch":null}""", "empty_batch")]
    [InlineData("""{"batch":{"type":"page"}}""", "empty_batch")]
    [InlineData("""{"batch":[{}]} x""", "invalid_json")]
    [InlineData("""{"batch":[{},]}""", "invalid_json")]
    [InlineData("""{"batch":[NaN]}""", "invalid_json")]
    public void A_body_without_events_is_unreadable(string body, string code) =>
        Assert.Equal(code, Assert.Throws<UnreadableBodyException>(() => ReceivedBatch.Read(Encoding.UTF8.GetBytes(body), null)).Code);

    [Theory]
    [InlineData(2_501, true)]
    [InlineData(ReceivedBatch.MostEvents, true)]
    [InlineData(ReceivedBatch.MostEvents + 1, false)]
    public void A_batch_may_have_more_events_than_any_client_sends(int events, bool readable)
    {
        var body = Encoding.UTF8.GetBytes($$"""{"batch":[{{string.Join(',', Enumerable.Repeat("{}", events))}}]}""");
        Assert.Equal(readable, Record.Exception(() => ReceivedBatch.Read(body, null)) is null);
    }

    [Theory]
    [InlineData("""{"batch":[""", '[')]
    [InlineData("""{"batch":[{"type":"page","x":""", '[')]
    [InlineData("", '[')]
    [InlineData("""{"x":[0""", ',')]
    public void A_hostile_body_of_4_MB_takes_less_memory_than_itself(string start, char fill)
    {
        var body = new byte[4 * 1024 * 1024];
        Array.Fill(body, (byte)fill);
        Encoding.UTF8.GetBytes(start).CopyTo(body, 0);
        Record.Exception(() => ReceivedBatch.Read("{}"u8.ToArray(), null));

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.IsType<UnreadableBodyException>(Record.Exception(() => ReceivedBatch.Read(body, null)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, body.Length);
    }

    [Fact]
    public void An_event_of_4_MB_of_brackets_is_refused_and_kept_without_being_parsed()
    {
        const int Depth = 2_000_000;
        var body = Encoding.UTF8.GetBytes(
            $$"""{"batch":[{"messageId":"deep","type":"page","userId":"u","x":{{new string('[', Depth)}}{{new string(']', Depth)}}},{"type":"page","userId":"u"}]}""");
        var before = GC.GetAllocatedBytesForCurrentThread();
        var batch = ReceivedBatch.Read(body, null);
        Assert.Equal("event_too_large", Assert.Throws<RefusedException>(() => Judge(batch, 0)).Code);
        Assert.Equal("deep", EventReader.FindMessageId(batch.Events[0]));
        Assert.Equal("deep", EventReader.KnownAs(batch.Events[0], () => "made"));
        Assert.Equal(body.AsSpan(10, 64 * 1024), batch.Standalone(batch.Events[0], "deep").Span);
        Assert.Equal(EventKind.PageViewed, Judge(batch, 1).Event.Kind);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, body.Length);
    }

    [Fact]
    public void Of_equal_names_the_last_counts()
    {
        var batch = ReceivedBatch.Read(
            """{"writeKey":"A","batch":[{}],"sentAt":null,"writeKey":"B","batch":[{"type":"page","userId":"u"}],"batch ":1}"""u8.ToArray(),
            null);
        Assert.Equal(("B", EventKind.PageViewed), (batch.WriteKey, Judge(batch, 0).Event.Kind));
        Assert.Null(ReceivedBatch.Read("""{"writeKey":"A","batch":[{}],"writeKey":3}"""u8.ToArray(), null).WriteKey);
        Assert.Equal("A", ReceivedBatch.Read("""{"\u0077riteKey":"A","batch":[{}]}"""u8.ToArray(), null).WriteKey);
    }

    [Fact]
    public void What_a_batch_says_of_all_its_events_may_be_as_large_as_one_event()
    {
        var error = Assert.Throws<UnreadableBodyException>(() => ReceivedBatch.Read(
            Encoding.UTF8.GetBytes($$"""{"batch":[{}],"context":{"x":"{{new string('x', 32 * 1024)}}"} }"""), null));
        Assert.Equal("context of the batch has 32776 bytes; 32768 are allowed.", error.Message);
    }

    [Fact]
    public void Where_a_body_is_no_JSON_the_place_is_named() => Assert.Equal(
        "The body is not JSON; the error is in line 2, byte 10.",
        Assert.Throws<UnreadableBodyException>(() => ReceivedBatch.Read("{\n\"batch\":[}"u8.ToArray(), null)).Message);

    private static ReadEvent Judge(ReceivedBatch batch, int index) =>
        EventReader.Read(batch.Events[index], batch, Sent.Store, "web", Sent.Noon, () => "made");
}
