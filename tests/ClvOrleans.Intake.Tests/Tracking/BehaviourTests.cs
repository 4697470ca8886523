using ClvOrleans.Domain.Events;
using ClvOrleans.Intake.Rules;
using ClvOrleans.Intake.Tracking;

namespace ClvOrleans.Intake.Tests.Tracking;

public sealed class BehaviourTests
{
    [Theory]
    [InlineData("5", 500)]
    [InlineData("\"5\"", 500)]
    [InlineData("\"4.5\"", 450)]
    [InlineData("\"4/5\"", 400)]
    [InlineData("\" 4 / 5 \"", 400)]
    [InlineData("0", 0)]
    [InlineData("\"five\"", null)]
    [InlineData("-1", null)]
    [InlineData("1e300", null)]
    [InlineData("{}", null)]
    public void Ratings_are_read_as_shops_write_them(string json, int? hundredths) =>
        Assert.Equal(hundredths, Sent.Track("Product Reviewed", $$"""{"product_id":"p","rating":{{json}}}""").Event.Rating);

    [Theory]
    [InlineData("page", "\"duration\":12.5", 12_500L)]
    [InlineData("screen", "\"duration\":\"12.5\"", 12_500L)]
    [InlineData("page", "\"time_on_page\":3", 3_000L)]
    [InlineData("page", "\"engagement_time_msec\":1500", 1_500L)]
    [InlineData("page", "\"duration\":1000000", 86_400_000L)]
    [InlineData("page", "\"duration\":-1", null)]
    [InlineData("page", "\"duration\":\"NaN\"", null)]
    public void Time_spent_on_pages_and_screens_is_kept(string type, string properties, long? milliseconds) =>
        Assert.Equal(milliseconds, Sent.Read($$"""{"type":"{{type}}","userId":"u","properties":{ {{properties}} } }""").Event.Duration);

    // The first names of the specification, beside those of its second version.
    [Theory]
    [InlineData("Viewed Product Category", EventKind.ProductListViewed)]
    [InlineData("Viewed Promotion", EventKind.PromotionViewed)]
    [InlineData("Clicked Promotion", EventKind.PromotionClicked)]
    [InlineData("Clicked Product", EventKind.ProductClicked)]
    [InlineData("Viewed Product", EventKind.ProductViewed)]
    [InlineData("Added Product", EventKind.ProductAdded)]
    [InlineData("Removed Product", EventKind.ProductRemoved)]
    [InlineData("Started Order", EventKind.CheckoutStarted)]
    [InlineData("Updated Order", EventKind.OrderUpdated)]
    [InlineData(" completed order ", EventKind.OrderCompleted)]
    [InlineData("Order Canceled", EventKind.OrderCancelled)]
    [InlineData("Signed Up", EventKind.Activity)]
    public void Old_names_are_known_and_unknown_ones_are_activity(string name, EventKind kind) =>
        Assert.Equal(kind, Sent.Track(name, """{"order_id":"1","revenue":1}""").Event.Kind);

    [Theory]
    [InlineData("Products Searched", "\"query\":\"mug\"", "mug")]
    [InlineData("Product Shared", "\"share_via\":\"email\"", "email")]
    [InlineData("Promotion Clicked", "\"promotion_id\":\"pr1\"", "pr1")]
    [InlineData("Coupon Denied", "\"coupon_name\":\"OLD\"", "OLD")]
    [InlineData("Coupon Entered", "\"coupon_id\":{\"a\":1}", null)]
    public void What_an_event_is_about_is_kept(string name, string properties, string? subject) =>
        Assert.Equal(subject, Sent.Track(name, $$"""{{{properties}}}""").Event.Subject);

    [Theory]
    [InlineData("{}", "missing_type")]
    [InlineData("[]", "invalid_event")]
    [InlineData("1", "invalid_event")]
    [InlineData("""{"type":"merge","userId":"u"}""", "invalid_type")]
    [InlineData("""{"type":7,"userId":"u"}""", "invalid_type")]
    [InlineData("""{"type":["track"],"userId":"u"}""", "invalid_type")]
    [InlineData("""{"type":"track","userId":"u"}""", "invalid_event_name")]
    [InlineData("""{"type":"track","userId":"u","event":" "}""", "invalid_event_name")]
    [InlineData("""{"type":"track","userId":"u","event":7}""", "invalid_event_name")]
    [InlineData("""{"type":"track"}""", "missing_user_id")]
    public void What_is_no_event_is_refused(string json, string code) => Assert.Equal(code, Sent.Refused(json).Code);

    [Fact]
    public void An_event_may_have_32_KB()
    {
        var room = EventReader.MostBytes - """{"type":"page","userId":"u","x":""}""".Length;
        Assert.Equal("u", Page(room).Subject.Id);
        Assert.Equal("event_too_large", Assert.Throws<RefusedException>(() => Page(room + 1)).Code);

        static ReadEvent Page(int length) => Sent.Read($$"""{"type":"page","userId":"u","x":"{{new string('x', length)}}"}""");
    }
}
