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
    [InlineData("\" Schön!\\n很好。 \"", "Schön!\n很好。")]
    [InlineData("\"  \"", null)]
    [InlineData("[\"a\"]", null)]
    [InlineData("null", null)]
    public void The_words_of_a_review_come_along(string json, string? words) =>
        Assert.Equal(words, Sent.Track("Product Reviewed", $$"""{"product_id":"p","review_body":{{json}}}""").Event.ReviewText);

    [Fact]
    public void Words_beyond_5_000_characters_are_cut_between_two_and_those_of_other_events_are_not_looked_at()
    {
        var words = new string('a', 4_999) + "\U0001F600" + "b";
        var properties = $$"""{"product_id":"p","review_body":"{{words}}"}""";
        Assert.Equal(new string('a', 4_999), Sent.Track("Product Reviewed", properties).Event.ReviewText);
        Assert.Null(Sent.Track("Product Viewed", properties).Event.ReviewText);
    }

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
    [InlineData(
        "purchase", "{\"transaction_id\":\"1\",\"value\":30,\"shipping\":5,\"items\":[{\"item_id\":\"p\",\"price\":10,\"quantity\":3}]}",
        EventKind.OrderCompleted, 3_000L)]
    [InlineData(
        "Purchase", "{\"order_id\":\"1\",\"items\":[{\"item_id\":\"p\",\"price\":10,\"quantity\":3}]}", EventKind.OrderCompleted, 3_000L)]
    [InlineData("Placed Order", "{\"OrderId\":\"1\",\"$value\":30}", EventKind.OrderCompleted, 3_000L)]
    [InlineData("Order Placed", "{\"order_id\":1,\"total\":32,\"tax\":2}", EventKind.OrderCompleted, 3_000L)]
    [InlineData("Checkout Completed", "{\"orderId\":\"1\",\"revenue\":30}", EventKind.OrderCompleted, 3_000L)]
    [InlineData("order_completed", "{\"order_id\":\"1\",\"revenue\":30}", EventKind.OrderCompleted, 3_000L)]
    [InlineData("OrderUpdated", "{\"order_id\":\"1\",\"revenue\":30}", EventKind.OrderUpdated, 3_000L)]
    [InlineData("refund", "{\"transaction_id\":\"1\",\"value\":30}", EventKind.OrderRefunded, 3_000L)]
    [InlineData("order-cancelled", "{\"order_id\":\"1\"}", EventKind.OrderCancelled, null)]
    public void An_order_under_another_name_is_taken_for_one_where_the_name_is_known(
        string name, string properties, EventKind kind, long? minor)
    {
        var read = Sent.Track(name, properties);
        Assert.Equal((kind, "1", name), (read.Event.Kind, read.Event.OrderId, read.Event.Name));
        Assert.Equal(minor, (long?)(read.Event.Order?.Value ?? read.Event.Refund?.Amount)?.Minor);
        Assert.Equal("event_name_taken", Assert.Single(read.Notes).Code);
    }

    [Theory]
    [InlineData("Purchase", "{\"revenue\":30}", "needed")] // Whose order is it?
    [InlineData("purchase", "{\"transaction_id\":\"\",\"value\":30}", "needed")]
    [InlineData("Order Placed", "{\"order_id\":\"1\"}", "value")]
    [InlineData("refund", "{\"value\":30}", "order_id")]
    [InlineData("Ordered Product", "{\"order_id\":\"1\",\"revenue\":30}", "earns nothing")] // One of several of an order.
    [InlineData("Order Created", "{\"order_id\":\"1\",\"revenue\":30}", "earns nothing")] // It may never be paid.
    [InlineData("Payment Succeeded", "{\"total\":30}", "earns nothing")]
    public void What_only_looks_like_an_order_is_activity_and_says_so(string name, string properties, string why)
    {
        var read = Sent.Track(name, properties);
        var note = Assert.Single(read.Notes);
        Assert.Equal((EventKind.Activity, "unknown_event_name"), (read.Event.Kind, note.Code));
        Assert.Contains(why, note.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_order_under_another_name_whose_value_cannot_be_read_is_refused_like_any_other() =>
        Assert.Equal("invalid_money", Sent.RefusedTrack("purchase", """{"transaction_id":"1","value":"12,50"}""").Code);

    [Theory]
    [InlineData("view_item", EventKind.ProductViewed)]
    [InlineData("view_item_list", EventKind.ProductListViewed)]
    [InlineData("select_item", EventKind.ProductClicked)]
    [InlineData("add_to_cart", EventKind.ProductAdded)]
    [InlineData("AddToCart", EventKind.ProductAdded)]
    [InlineData("Added to Cart", EventKind.ProductAdded)]
    [InlineData("remove_from_cart", EventKind.ProductRemoved)]
    [InlineData("view_cart", EventKind.CartViewed)]
    [InlineData("begin_checkout", EventKind.CheckoutStarted)]
    [InlineData("InitiateCheckout", EventKind.CheckoutStarted)]
    [InlineData("add_shipping_info", EventKind.CheckoutStepCompleted)]
    [InlineData("add_payment_info", EventKind.PaymentInfoEntered)]
    [InlineData("view_promotion", EventKind.PromotionViewed)]
    [InlineData("select_promotion", EventKind.PromotionClicked)]
    [InlineData("add_to_wishlist", EventKind.WishlistAdded)]
    [InlineData("search", EventKind.ProductsSearched)]
    [InlineData("share", EventKind.ProductShared)]
    [InlineData("ViewContent", EventKind.ProductViewed)]
    [InlineData("product_viewed", EventKind.ProductViewed)]
    [InlineData("ProductViewed", EventKind.ProductViewed)]
    public void Behaviour_is_known_by_the_names_that_others_give_it(string name, EventKind kind)
    {
        var read = Sent.Track(name, """{"items":[{"item_id":"p","item_category":"mugs","price":5}]}""");
        Assert.Equal((kind, "p", "mugs"), (read.Event.Kind, read.Event.Products[0].ProductId, read.Event.Products[0].Category));
        Assert.Empty(read.Notes);
    }

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
