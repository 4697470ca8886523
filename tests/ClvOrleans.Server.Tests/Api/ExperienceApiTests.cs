using System.Net;
using System.Text.Json;

namespace ClvOrleans.Server.Tests.Api;

/// <summary>What shortens a customer's way.</summary>
public sealed class ExperienceApiTests(RecommendationApiTests.Shop shop) : IClassFixture<RecommendationApiTests.Shop>
{
    [Fact]
    public async Task A_customer_gets_due_dates_a_price_band_categories_and_the_cart_to_go_on_with()
    {
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        for (var n = 0; n < 5; n++)
        {
            await shop.OrderAsync("dora", $"d{n}", $"{today.AddDays(-20 * (5 - n)):yyyy-MM-dd}T12:00:00Z", "tea-0", $"tea-{n % 3}");
        }

        var before = await ExperienceAsync("dora");
        var reorder = before.GetProperty("reorder").EnumerateArray().Single(r => r.GetProperty("product").GetString() == "tea-0");
        var interval = reorder.GetProperty("intervalDays").GetInt32();
        Assert.InRange(interval, 20, 40); // Between the own gap of 20 days and the product's.
        Assert.Equal($"{today.AddDays(-20 + interval):yyyy-MM-dd}", reorder.GetProperty("dueOn").GetString());
        Assert.Equal((1, 5), (reorder.GetProperty("units").GetInt64(), reorder.GetProperty("times").GetInt32()));
        Assert.Equal("tea", before.GetProperty("categories")[0].GetProperty("category").GetString());
        Assert.Equal(10m, before.GetProperty("priceBand").GetProperty("lower").GetDecimal());
        Assert.Equal(JsonValueKind.Null, before.GetProperty("offer").ValueKind);
        Assert.InRange(before.GetProperty("cacheSeconds").GetInt32(), 0, 60);

        await shop.Clv.Clv.SendAsync(new
        {
            type = "track",
            @event = "Product Added",
            userId = "dora",
            properties = new { product_id = "tea-3" },
        });
        var during = await ExperienceAsync("dora");
        Assert.Equal("ResumeCart", Kind(during));
        Assert.Equal(["tea-3"], during.GetProperty("savedSteps").GetProperty("cart").EnumerateArray().Select(p => p.GetString()));
        await shop.OrderAsync("dora", "d9", $"{today:yyyy-MM-dd}T00:00:00Z", "tea-3");
        Assert.NotEqual("ResumeCart", Kind(await ExperienceAsync("dora")));
    }

    [Theory]
    [InlineData("rich", 5_000, null, "Descending")]
    [InlineData("thrifty", 1, "SAVE", "Ascending")]
    [InlineData("plain", 1, null, "None")]
    public async Task Prices_are_sorted_by_the_value_of_the_customer_and_by_how_they_buy(
        string customer, decimal price, string? coupon, string order)
    {
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        for (var n = 0; n < 4; n++)
        {
            await shop.Clv.Clv.SendAsync(new
            {
                type = "track",
                @event = "Order Completed",
                userId = customer,
                messageId = $"{customer}-{n}",
                timestamp = $"{today.AddDays(-10 * (n + 1)):yyyy-MM-dd}T12:00:00Z",
                properties = new
                {
                    order_id = $"{customer}-{n}",
                    revenue = price,
                    coupon,
                    products = new[] { new { product_id = "tea-0", category = "tea", price, quantity = 1 } },
                },
            });
        }

        Assert.Equal(order, (await ExperienceAsync(customer)).GetProperty("priceBand").GetProperty("order").GetString());
    }

    [Fact]
    public async Task What_a_policy_has_put_into_a_slot_is_the_offer_in_force_and_the_next_best_action()
    {
        var (put, problem) = await shop.Clv.SendAsync(HttpMethod.Put, "api/v1/policies/first-large", """
            { "id": "first-large", "when": { "event": "OrderCompleted", "where": "orders = 1 and historicValue > 9000" },
              "budget": { "amount": 0 },
              "do": { "channel": "slot", "topic": "home", "cost": 0, "effect": { "amount": 1 }, "transactional": true } }
            """);
        Assert.True(put is HttpStatusCode.OK or HttpStatusCode.Created, problem.ToString());
        var (live, _) = await shop.Clv.SendAsync(HttpMethod.Post, "api/v1/policies/first-large/mode", """{ "mode": "live" }""");
        Assert.Equal(HttpStatusCode.OK, live);
        await shop.Clv.Clv.SendAsync(ClvFixture.Order("gina", "g1", 9_500m));

        var found = await ExperienceAsync("gina");
        while (found.GetProperty("offer").ValueKind == JsonValueKind.Null)
        {
            await Pause.ShortAsync();
            found = await ExperienceAsync("gina");
        }

        Assert.Equal(("home", "Offer"), (found.GetProperty("offer").GetProperty("slot").GetString(), Kind(found)));
        Assert.Equal("home", found.GetProperty("nextBestAction").GetProperty("slot").GetString());
        Assert.Equal(
            JsonValueKind.Null, (await shop.Clv.GetAsync("api/v1/customers/gina/experience?slot=other")).GetProperty("offer").ValueKind);
        Assert.Equal(
            found.GetProperty("offer").GetRawText(),
            (await shop.Clv.GetAsync("api/v1/customers/gina/recommendations?slot=home")).GetProperty("offer").GetRawText());
    }

    [Fact]
    public async Task Out_of_stock_leaves_the_reorder_list_at_once()
    {
        await shop.OrderAsync("emil", "e1", "2026-01-05T12:00:00Z", "cup-0");
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        await shop.OrderAsync("emil", "e2", $"{today.AddDays(-2):yyyy-MM-dd}T12:00:00Z", "cup-0");
        Assert.Single((await ExperienceAsync("emil")).GetProperty("reorder").EnumerateArray());
        await shop.StockAsync("cup-0", -1);
        Assert.Empty((await ExperienceAsync("emil")).GetProperty("reorder").EnumerateArray());
        await shop.StockAsync("cup-0", 1);
        Assert.Single((await ExperienceAsync("emil")).GetProperty("reorder").EnumerateArray());
    }

    [Theory]
    [InlineData("customers/anna/experience", "slot", 255)]
    [InlineData("customers/anna/recommendations", "slot", 255)]
    [InlineData("stock", "product", 255)]
    [InlineData("stock", "after", 255)]
    [InlineData("deliveries", "topic", 255)]
    [InlineData("deliveries", "subscription", 255)]
    [InlineData("deliveries", "channel", 255)]
    [InlineData("reports/cohorts", "by", 255)]
    [InlineData("decisions", "customer", 257)]
    [InlineData("customers", "cursor", 2_048)]
    [InlineData("dead-letters", "source", 255)]
    public async Task A_text_that_no_name_can_be_is_refused_by_every_address_alike(string address, string parameter, int longest)
    {
        Assert.Equal(
            $"{parameter}: it is longer than {longest} characters.",
            await shop.Clv.RefusedAsync(400, $"invalid_{parameter}", $"api/v1/{address}?{parameter}={new string('x', longest + 1)}"));
        Assert.Equal(
            $"{parameter}: it has a control character.",
            await shop.Clv.RefusedAsync(400, $"invalid_{parameter}", $"api/v1/{address}?{parameter}=a%00b"));
    }

    [Fact]
    public async Task The_longest_name_of_a_slot_is_taken() =>
        Assert.Equal(
            JsonValueKind.Null,
            (await shop.Clv.GetAsync($"api/v1/customers/nobody/experience?slot={new string('x', 255)}")).GetProperty("offer").ValueKind);

    [Fact]
    public async Task Somebody_unknown_gets_what_most_buy_and_no_more_than_is_known()
    {
        var unknown = await ExperienceAsync("nobody");
        Assert.Equal(("Recommend", 0L), (Kind(unknown), unknown.GetProperty("revision").GetInt64()));
        Assert.Empty(unknown.GetProperty("reorder").EnumerateArray());
        Assert.Equal(JsonValueKind.Null, unknown.GetProperty("priceBand").ValueKind);
    }

    private Task<JsonElement> ExperienceAsync(string customer) => shop.Clv.GetAsync($"api/v1/customers/{customer}/experience");

    private static string? Kind(JsonElement experience) => experience.GetProperty("nextBestAction").GetProperty("kind").GetString();
}
