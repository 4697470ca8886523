using ClvOrleans.Domain.Currencies;

namespace ClvOrleans.Intake.Tests.Tracking;

/// <summary>Minor units of the store, whose currency is USD; 1 JPY is 0.0065 USD, 1 BHD is 2.65 USD.</summary>
public sealed class MoneyTests
{
    [Theory]
    [InlineData("\"revenue\":22.5,\"subtotal\":1,\"total\":27.5", 2_250)]
    [InlineData("\"subtotal\":\"22.50\",\"total\":27.5", 2_250)]
    [InlineData("\"total\":27.5,\"shipping\":3,\"tax\":2", 2_250)]
    [InlineData("\"total\":4,\"shipping\":5", 0)]
    [InlineData("\"discount\":2.5,\"products\":[{\"price\":12.5,\"quantity\":2}]", 2_250)]
    [InlineData("\"discount\":-2.5,\"products\":[{\"price\":12.5,\"quantity\":2},{\"name\":\"gift\"}]", 2_250)]
    [InlineData("\"products\":{\"price\":\"9.99\"}", 999)]
    [InlineData("\"products\":[{\"price\":9.99,\"quantity\":0.5}]", 500)]
    [InlineData(
        "\"products\":[{\"price\":0.333,\"quantity\":3},{\"price\":0.333,\"quantity\":3}]", 200)] // Rounded once: not 99 + 99 or 33 x 6.
    [InlineData("\"revenue\":0", 0)]
    [InlineData("\"revenue\":\"\",\"total\":5", 500)]
    [InlineData("\"revenue\":null,\"total\":5", 500)]
    [InlineData("\"revenue\":0.30000000000000004", 30)]
    [InlineData("\"revenue\":0.125", 13)]
    [InlineData("\"revenue\":0.12499999999999999999999999999999999999999999999999", 12)]
    [InlineData("\"revenue\":0.12500000000000000000000000000000000000000000000001", 13)]
    [InlineData("\"revenue\":2.25e1", 2_250)]
    [InlineData("\"revenue\":\" +22.50 \"", 2_250)]
    [InlineData("\"revenue\":\".5\"", 50)]
    [InlineData("\"revenue\":1e-300", 0)]
    [InlineData("\"revenue\":1000,\"currency\":\"jpy\"", 650)]
    [InlineData("\"revenue\":1.001,\"currency\":\" BHD\"", 265)]
    [InlineData("\"revenue\":5,\"currency\":\"\"", 500)]
    [InlineData("\"revenue\":5,\"currency\":null", 500)]
    [InlineData("\"revenue\":5,\"currency\":\"usd\"", 500)]
    public void The_value_of_an_order_is_revenue_else_subtotal_else_total_without_shipping_and_tax_else_its_products(
        string properties, long minor) =>
        Assert.Equal(minor, Order(properties).Minor);

    [Fact]
    public void The_greatest_order_is_accepted_and_what_is_above_it_is_refused_with_the_limit()
    {
        Assert.Equal(100_000_000_000, (long)Order("\"revenue\":1000000000").Minor);
        Assert.Equal(
            "properties: the order's value is above 1,000,000,000 USD, the most that an order may be worth.",
            Sent.RefusedTrack("Order Completed", """{"order_id":"1","revenue":1000000001}""").Message);
        Assert.Equal("invalid_money", Sent.RefusedTrack("Order Refunded", """{"order_id":"1","total":-1000000001}""").Code);
    }

    [Theory]
    [InlineData("JPY", "1234.5", 1_235)]
    [InlineData("BHD", "1.2345", 1_235)]
    [InlineData("EUR", "1.005", 101)]
    public void Minor_units_are_those_of_the_stores_currency(string currency, string revenue, long minor) =>
        Assert.Equal(
            minor, Sent.Track("Order Completed", $$"""{"order_id":"1","revenue":{{revenue}}}""", currency).Event.Order!.Value!.Value.Minor);

    [Theory]
    [InlineData("\"revenue\":-25,\"total\":27.5", "invalid_money", "properties.revenue")]
    [InlineData("\"revenue\":\"25,00\",\"total\":27.5", "invalid_money", "properties.revenue")]
    [InlineData("\"revenue\":\"1,234.50\"", "invalid_money", "properties.revenue")]
    [InlineData("\"revenue\":\"$5\"", "invalid_money", "properties.revenue")]
    [InlineData("\"revenue\":\"NaN\"", "invalid_money", "properties.revenue")]
    [InlineData("\"revenue\":\"Infinity\"", "invalid_money", "properties.revenue")]
    [InlineData("\"revenue\":1e308", "invalid_money", "properties.revenue")]
    [InlineData("\"revenue\":1000000000001", "invalid_money", "properties.revenue")]
    [InlineData("\"revenue\":1000000000.01", "invalid_money", "properties")]
    [InlineData("\"revenue\":400000000,\"currency\":\"BHD\"", "invalid_money", "properties")]
    [InlineData("\"products\":[{\"price\":600000000,\"quantity\":2}]", "invalid_money", "properties.products")]
    [InlineData("\"revenue\":true", "invalid_money", "properties.revenue")]
    [InlineData("\"revenue\":[1]", "invalid_money", "properties.revenue")]
    [InlineData("\"subtotal\":\"x\",\"total\":5", "invalid_money", "properties.subtotal")]
    [InlineData("\"total\":5,\"tax\":\"x\"", "invalid_money", "properties.tax")]
    [InlineData("\"products\":[{\"price\":1},{},{\"price\":-1}]", "invalid_money", "properties.products[2].price")]
    [InlineData("\"products\":[{\"price\":1},{\"price\":1,\"quantity\":-3}]", "invalid_quantity", "properties.products[1].quantity")]
    [InlineData("\"products\":[{\"price\":1,\"quantity\":\"two\"}]", "invalid_quantity", "properties.products[0].quantity")]
    [InlineData("\"products\":[{\"price\":1000000000000,\"quantity\":1000000}]", "invalid_money", "properties.products")]
    [InlineData("\"products\":[{\"product_id\":\"p\"}]", "missing_order_value", "properties")]
    [InlineData("\"revenue\":5,\"currency\":\"XXX\"", "unknown_currency", "properties.currency")]
    [InlineData("\"revenue\":5,\"currency\":840", "unknown_currency", "properties.currency")]
    [InlineData("\"revenue\":5,\"currency\":\"EUR\"", "no_rate", "properties.currency")]
    public void An_order_whose_value_cannot_be_read_is_refused_by_the_field(string properties, string code, string field)
    {
        var refused = Sent.RefusedTrack("Order Completed", $$"""{"order_id":"1",{{properties}}}""");
        Assert.Equal(code, refused.Code);
        Assert.Equal(field, refused.Message.Split(' ')[0].TrimEnd(':'));
    }

    [Theory]
    [InlineData("\"products\":[{\"product_id\":\"p\",\"price\":-1}]", "properties.products[0].price")]
    [InlineData("\"products\":[{\"product_id\":\"p\",\"price\":\"NaN\",\"quantity\":1}]", "properties.products[0].price")]
    [InlineData("\"products\":[{\"product_id\":\"p\",\"quantity\":\"x\"}]", "properties.products[0].quantity")]
    [InlineData("\"cost\":\"x\"", "properties.cost")]
    [InlineData("\"discount\":[]", "properties.discount")]
    public void What_does_not_decide_an_orders_value_is_left_out_with_a_note(string properties, string field)
    {
        var read = Sent.Track("Order Completed", $$"""{"order_id":"1","revenue":5,"total":"x","tax":-1,{{properties}}}""");
        Assert.Equal(500, read.Event.Order!.Value!.Value.Minor);
        Assert.Equal(field, Assert.Single(read.Notes).Message.Split(' ')[0]);
    }

    [Theory]
    [InlineData("Product Viewed", "\"product_id\":\"p\",\"price\":\"NaN\"")]
    [InlineData("Product Added", "\"product_id\":\"p\",\"price\":5,\"currency\":\"BTC\"")]
    [InlineData("Checkout Started", "\"order_id\":\"1\",\"revenue\":-1,\"products\":[{\"product_id\":\"p\",\"price\":1e308}]")]
    [InlineData("Order Cancelled", "\"order_id\":\"1\",\"total\":-5,\"products\":[{\"product_id\":\"p\"}]")]
    public void Money_never_costs_an_event_that_is_not_about_money(string name, string properties)
    {
        var read = Sent.Track(name, $$"""{{{properties}}}""");
        Assert.Null(Assert.Single(read.Event.Products).Price);
    }

    [Theory]
    [InlineData("\"total\":10", 1_000L)]
    [InlineData("\"total\":-10", 1_000L)]
    [InlineData("\"total\":\"10.00\",\"products\":[{\"price\":3}]", 1_000L)]
    [InlineData("\"total\":12.5,\"tax\":2,\"shipping\":0.5", 1_000L)]
    [InlineData("\"total\":-12.5,\"tax\":-2,\"shipping\":-0.5", 1_000L)]
    [InlineData("\"revenue\":10,\"total\":12", 1_000L)]
    [InlineData("\"amount\":10", 1_000L)]
    [InlineData("\"total\":0", 0L)]
    [InlineData("\"total\":1000,\"currency\":\"JPY\"", 650L)]
    [InlineData("\"products\":[{\"product_id\":\"p\",\"price\":12.5,\"quantity\":2}]", 2_500L)]
    [InlineData("\"products\":[]", null)]
    [InlineData("\"total\":null", null)]
    [InlineData("\"reason\":\"broken\"", null)]
    public void A_refund_is_its_amount_in_either_sign_else_its_products_else_all_of_the_order(string properties, long? minor)
    {
        var refund = Sent.Track("Order Refunded", $$"""{"order_id":"1",{{properties}}}""").Event.Refund!;
        Assert.Equal(minor is { } m ? new Money(m) : null, refund.Amount);
    }

    [Theory]
    [InlineData("\"total\":\"ten\"", "invalid_money", "properties.total")]
    [InlineData("\"total\":1e308", "invalid_money", "properties.total")]
    [InlineData("\"total\":5,\"currency\":\"BTC\"", "unknown_currency", "properties.currency")]
    [InlineData("\"products\":[{\"price\":5},{\"product_id\":\"p\"}]", "missing_refund_amount", "properties.products[1].price")]
    [InlineData("\"products\":[{\"product_id\":\"p\",\"price\":\"x\"}]", "invalid_money", "properties.products[0].price")]
    public void A_refund_whose_amount_is_not_known_is_refused_and_not_taken_for_a_full_one(string properties, string code, string field)
    {
        var refused = Sent.RefusedTrack("Order Refunded", $$"""{"order_id":"1",{{properties}}}""");
        Assert.Equal((code, field), (refused.Code, refused.Message.Split(' ')[0]));
    }

    [Theory]
    [InlineData("Order Completed")]
    [InlineData("Order Updated")]
    [InlineData("Order Refunded")]
    [InlineData("Order Cancelled")]
    public void Events_of_orders_need_the_order(string name) =>
        Assert.Equal("missing_order_id", Sent.RefusedTrack(name, """{"revenue":5}""").Code);

    [Fact]
    public void An_update_may_leave_the_value_as_it_is() =>
        Assert.Null(Sent.Track("Order Updated", """{"order_id":1001}""").Event.Order!.Value);

    private static Money Order(string properties) =>
        Sent.Track("Order Completed", $$"""{"order_id":"1",{{properties}}}""").Event.Order!.Value!.Value;
}
