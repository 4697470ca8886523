using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Intake.Tests.Tracking;

public sealed class IdsTests
{
    // JavaScript writes all of these numbers as 42, 4.2 and 100.
    [Theory]
    [InlineData("\"42\"", "42")]
    [InlineData("42", "42")]
    [InlineData("42.0", "42")]
    [InlineData("4.2e1", "42")]
    [InlineData("4.20", "4.2")]
    [InlineData("1e2", "100")]
    [InlineData("12345678901234567890123", "12345678901234567890123")]
    [InlineData("1.5e-3", "0.0015")]
    [InlineData("-7", "-7")]
    [InlineData("\"42.0\"", "42.0")]
    [InlineData("\" cust-1 \"", "cust-1")]
    [InlineData("\"020235\"", "020235")]
    [InlineData("\"a\\r\\nb\"", "a\r\nb")]
    public void Numbers_are_ids_as_they_are_written_shortest_and_strings_stay_as_they_are(string json, string id) =>
        Assert.Equal(id, Sent.Read($$"""{"type":"page","userId":{{json}}}""").Subject.Id);

    [Theory]
    [InlineData("1e400")]
    [InlineData("1e308")]
    [InlineData("1e99999999999999999999")]
    [InlineData("true")]
    [InlineData("[1]")]
    [InlineData("\"a\\u0000b\"")]
    [InlineData("\"\\ud800x\"")]
    [InlineData("\"\\udc00\"")]
    public void What_identifies_nobody_for_sure_is_refused(string json)
    {
        Assert.Equal("invalid_id", Sent.Refused($$"""{"type":"page","userId":{{json}}}""").Code);
        Assert.Equal("invalid_id", Sent.Refused($$"""{"type":"page","anonymousId":{{json}}}""").Code);
        Assert.Equal("invalid_order_id", Sent.RefusedTrack("Order Completed", $$"""{"order_id":{{json}},"revenue":1}""").Code);
    }

    [Theory]
    [InlineData(255, true)]
    [InlineData(256, false)]
    public void Ids_have_up_to_255_characters(int length, bool accepted)
    {
        var json = $$"""{"type":"page","userId":"{{new string('u', length)}}"}""";
        Assert.Equal(accepted, Record.Exception(() => Sent.Read(json)) is null);
    }

    [Fact]
    public void A_long_message_id_is_known_again_by_its_digest()
    {
        var json = $$"""{"type":"page","userId":"u","messageId":"{{new string('m', 101)}}"}""";
        Assert.Equal(64, Sent.Read(json).Event.MessageId.Length);
        Assert.Equal(Sent.Read(json).Event.MessageId, Sent.Read(json).Event.MessageId);
    }

    [Fact]
    public void Without_a_message_id_an_event_that_says_when_it_happened_is_known_by_its_content()
    {
        const string Event = """{"type":"page","userId":"u","timestamp":"2026-11-01T00:00:00Z","sentAt":"2026-11-01T00:00:0SZ"}""";
        var first = Sent.Read(Event.Replace("S", "1", StringComparison.Ordinal)).Event.MessageId;
        Assert.Equal(first, Sent.Read(Event.Replace("S", "2", StringComparison.Ordinal)).Event.MessageId);
        Assert.NotEqual(
            first,
            Sent.Read(Event.Replace("S", "1", StringComparison.Ordinal)
                .Replace("\"u\"", "\"v\"", StringComparison.Ordinal)).Event.MessageId);
        Assert.Equal("made", Sent.Read("""{"type":"page","userId":"u"}""").Event.MessageId);
    }

    [Fact]
    public void Of_equal_keys_the_last_counts() =>
        Assert.Equal("b", Sent.Read("""{"type":"page","userId":"a","userId":"b"}""").Subject.Id);

    [Fact]
    public void Of_an_alias_without_a_former_id_the_anonymous_id_is_the_former_one()
    {
        var read = Sent.Read("""{"type":"alias","userId":"bruno","anonymousId":"dev-b"}""");
        Assert.Equal(
            (CustomerId.OfUser(Sent.Store.Id, "bruno"), CustomerId.OfVisitor(Sent.Store.Id, "dev-b"), null),
            (read.Subject, read.Visitor, read.Previous));
        Assert.Equal("previous_id_assumed", Assert.Single(read.Notes).Code);
        Assert.Equal("missing_previous_id", Sent.Refused("""{"type":"alias","userId":"bruno"}""").Code);
    }

    [Theory]
    [InlineData("7.0123E+12")]
    [InlineData("7,0123E+12")]
    [InlineData("7.0123e+12")]
    [InlineData("7.0123E12")]
    [InlineData("1E+15")]
    public void A_number_that_was_rounded_on_its_way_identifies_nobody(string id)
    {
        Assert.Equal("rounded_id", Sent.Refused($$"""{"type":"page","userId":"{{id}}"}""").Code);
        Assert.Equal("rounded_id", Sent.RefusedTrack("Order Completed", $$"""{"order_id":"{{id}}","revenue":1}""").Code);
    }

    [Theory]
    [InlineData("12e45")]
    [InlineData("1E5")]
    [InlineData("3e8a")]
    [InlineData("SKU-1E+2")]
    public void What_only_resembles_such_a_number_is_an_id(string id) =>
        Assert.Equal(id, Sent.Read($$"""{"type":"page","userId":"{{id}}"}""").Subject.Id);

    [Theory]
    [InlineData("undefined")]
    [InlineData("null")]
    [InlineData("N/A")]
    [InlineData("-")]
    [InlineData("#REF!")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public void A_placeholder_is_no_order(string id) =>
        Assert.Equal("placeholder_order_id", Sent.RefusedTrack("Order Completed", $$"""{"order_id":"{{id}}","revenue":1}""").Code);

    [Theory]
    [InlineData("0")]
    [InlineData("000")]
    [InlineData("0-0")]
    [InlineData("0-000")]
    public void An_order_may_have_a_number_of_zeros(string id)
    {
        var order = $$"""{"order_id":"{{id}}","revenue":1}""";
        Assert.Equal(id, Sent.Read($$"""{"type":"track","event":"Order Completed","userId":"u","properties":{{order}} }""").Event.OrderId);
    }

    [Fact]
    public void An_alias_of_oneself_is_no_alias() =>
        Assert.Null(Sent.Read("""{"type":"alias","userId":"a","previousId":"a"}""").Previous);
}
