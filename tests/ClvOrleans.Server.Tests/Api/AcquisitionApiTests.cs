namespace ClvOrleans.Server.Tests.Api;

public sealed class AcquisitionApiTests(ClvFixture fixture) : IClassFixture<ClvFixture>
{
    [Fact]
    public async Task The_next_customer_is_valued_by_the_channel_and_the_first_product_of_those_before()
    {
        Assert.Equal(0, (await fixture.GetAsync("api/v1/acquisition")).GetProperty("groups").GetArrayLength());
        for (var i = 0; i < 6; i++)
        {
            await fixture.Clv.SendAsync(Order($"search-{i}", "google", "cpc", "lamp", 40));
            await fixture.Clv.SendAsync(Order($"mail-{i}", "newsletter", "email", "rug", 160));
        }

        await fixture.Clv.SendAsync(ClvFixture.Order("walker", "w1", 100m));
        var channels = await fixture.GetAsync("api/v1/acquisition?by=channel");
        Assert.Equal(
            ["google / cpc", "newsletter / email", null],
            channels.GetProperty("groups").EnumerateArray().Select(g => g.GetProperty("name").GetString()));
        Assert.Equal([6, 6, 1], channels.GetProperty("groups").EnumerateArray().Select(g => g.GetProperty("customers").GetInt32()));
        Assert.Equal(13, channels.GetProperty("all").GetProperty("customers").GetInt32());

        var products = (await fixture.GetAsync("api/v1/acquisition?by=product")).GetProperty("groups").EnumerateArray().ToList();
        var (lamp, rug) =
            (products.Single(p => p.GetProperty("name").GetString() == "lamp"),
                products.Single(p => p.GetProperty("name").GetString() == "rug"));
        Assert.True(lamp.GetProperty("firstPurchase").GetDecimal() < rug.GetProperty("firstPurchase").GetDecimal());
        Assert.All((System.Text.Json.JsonElement[])[lamp, rug], row =>
        {
            var (value, interval) = (row.GetProperty("value").GetDecimal(), row.GetProperty("interval"));
            Assert.InRange(value, interval.GetProperty("lower").GetDecimal(), interval.GetProperty("upper").GetDecimal());
        });
    }

    [Fact]
    public async Task What_customers_are_not_told_apart_by_is_named() => Assert.Contains(
        "'city' is not channel or product", await fixture.RefusedAsync(400, "invalid_by", "api/v1/acquisition?by=city"),
        StringComparison.Ordinal);

    private static object Order(string user, string source, string medium, string product, decimal total) => new
    {
        type = "track",
        @event = "Order Completed",
        messageId = $"m-{user}",
        userId = user,
        context = new { campaign = new { source, medium, name = "spring" } },
        properties = new
        {
            order_id = $"o-{user}",
            total,
            products = new[]
            {
                new { product_id = product, price = total - 5, quantity = 1 },
                new { product_id = "bag", price = 5m, quantity = 1 },
            },
        },
    };
}
