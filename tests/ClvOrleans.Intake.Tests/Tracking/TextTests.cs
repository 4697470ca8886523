using System.Text;
using System.Text.Json;
using ClvOrleans.Domain;
using ClvOrleans.Domain.Events;
using ClvOrleans.Intake.Rules;
using ClvOrleans.Intake.Tracking;

namespace ClvOrleans.Intake.Tests.Tracking;

public sealed class TextTests
{
    [Theory]
    [InlineData("a\\ud83d", "a\uFFFD")]
    [InlineData("\\udE0Db", "\uFFFDb")]
    [InlineData("\\ud83d\\ude0d", "😍")]
    [InlineData("\\\\ud83d", "\\ud83d")]
    [InlineData("\\ud83d\\ud83d\\ude0d", "\uFFFD😍")]
    [InlineData("a\\u0000b", "ab")]
    [InlineData("\\u001b[31m", "\u001b[31m")]
    public void Text_that_only_describes_is_kept_without_what_no_storage_can_hold(string sent, string kept)
    {
        var read = Sent.Read($$"""{"type":"identify","userId":"u","traits":{"name":"{{sent}}","{{sent}}":1} }""").Event;
        Assert.Equal(kept, read.Traits!["name"]);
        Assert.Equal(
            kept,
            JsonSerializer.Deserialize(
                JsonSerializer.SerializeToUtf8Bytes(read, DomainJson.Default.CustomerEvent),
                DomainJson.Default.CustomerEvent)!.Traits!["name"]);
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_spoil_their_text_only()
    {
        var body = Encoding.UTF8.GetBytes(
            """{"batch":[{"type":"identify","userId":"u","traits":{"name":"M?ller"}},{"type":"page","userId":"M?"}]}""");
        for (var i = 0; i < body.Length; i++)
        {
            body[i] = body[i] == (byte)'?' ? (byte)0xFC : body[i]; // ü in Latin 1
        }

        var batch = ReceivedBatch.Read(body, null);
        Assert.Equal(
            "M\uFFFDller", EventReader.Read(batch.Events[0], batch, Sent.Store, "web", Sent.Noon, () => "m").Event.Traits!["name"]);
        Assert.Equal(
            "invalid_id",
            Assert.Throws<RefusedException>(() => EventReader.Read(batch.Events[1], batch, Sent.Store, "web", Sent.Noon, () => "m")).Code);
    }

    [Fact]
    public void A_cut_text_is_not_cut_within_a_character()
    {
        var name = Sent.Read(
            $$"""{"type":"identify","userId":"u","traits":{"name":"{{new string('n', 199)}}😍"} }""").Event.Traits!["name"];
        Assert.Equal(new string('n', 199), name);
    }

    [Fact]
    public void A_byte_order_mark_is_no_error() =>
        Assert.Single(ReceivedBatch.Read(Encoding.UTF8.GetBytes("\uFEFF{\"batch\":[{}]}"), null).Events);

    [Fact]
    public void A_deep_event_is_refused_and_its_neighbour_is_not()
    {
        var deep = new string('[', 100_000) + new string(']', 100_000);
        var batch = ReceivedBatch.Read(
            Encoding.UTF8.GetBytes(
                $$"""{"batch":[{"type":"page","userId":"u","x":[[{{new string('[', 63)}}{{new string(']', 63)}}]]},{"type":"page","userId":"u"},{"x":{{deep}}}]}"""), null);
        string[] codes = [.. batch.Events.Select(e =>
        {
            try
            {
                return EventReader.Read(e, batch, Sent.Store, "web", Sent.Noon, () => "m").Event.Kind.ToString();
            }
            catch (RefusedException x)
            {
                return x.Code;
            }
        })];
        Assert.Equal(["event_too_deep", nameof(EventKind.PageViewed), "event_too_large"], codes);
        Assert.NotEmpty(batch.Standalone(batch.Events[2], "m").ToArray());
    }
}
