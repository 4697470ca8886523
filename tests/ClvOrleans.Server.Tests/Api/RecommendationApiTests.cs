using System.Net;
using System.Text.Json;

namespace ClvOrleans.Server.Tests.Api;

/// <summary>What is recommended, of a store that sells two kinds of products to two kinds of customers.</summary>
public sealed class RecommendationApiTests(RecommendationApiTests.Shop shop) : IClassFixture<RecommendationApiTests.Shop>
{
    private static readonly string[] Teas = ["tea-0", "tea-1", "tea-2", "tea-3"];

    [Fact]
    public async Task A_customer_gets_own_products_and_new_ones_apart_each_with_a_reason()
    {
        await shop.OrderAsync("anna", "a1", "2026-01-05T12:00:00Z", "tea-0", "tea-1");
        await shop.OrderAsync("anna", "a2", "2026-02-05T12:00:00Z", "tea-0");
        var reply = await RecommendAsync("anna", 20);
        Assert.Equal(("recommendations-1", "home"), (Text(reply, "modelVersion"), Text(reply, "slot")));
        Assert.Equal(["tea-0", "tea-1"], Ids(reply, "repeat").Order());
        Assert.Equal("tea-0", Ids(reply, "repeat")[0]);
        Assert.Subset(Ids(reply, "explore").ToHashSet(), new HashSet<string> { "tea-2", "tea-3" });
        Assert.Empty(Ids(reply, "explore").Intersect(Ids(reply, "repeat")));
        Assert.All(
            reply.GetProperty("products").EnumerateArray(),
            p => Assert.NotEmpty(p.GetProperty("reasons")[0].GetProperty("text").GetString()!));
        Assert.Equal(
            Ids(reply, "products").Intersect(Ids(reply, "repeat")).Count(),
            reply.GetProperty("products").EnumerateArray().Count(p => p.GetProperty("boughtBefore").GetBoolean()));
    }

    [Fact]
    public async Task Nothing_is_recommended_that_is_out_of_stock_once_that_is_acknowledged()
    {
        await shop.OrderAsync("ben", "b1", "2026-01-05T12:00:00Z", "tea-1", "cup-3");
        for (var i = 0; i < 10; i++)
        {
            await shop.StockAsync("cup-3", i % 2 == 0 ? -i : 7);
            Assert.Equal(i % 2 == 1, Ids(await RecommendAsync("ben", 20), "products").Contains("cup-3"));
        }

        // By the warehouse's events alike.
        for (var i = 0; i < 10; i++)
        {
            var reply = await shop.Clv.SendAsAsync(StockFixture.Warehouse, new
            {
                type = "track",
                @event = "Stock Updated",
                messageId = $"stock-{i}",
                properties = new { product_id = "cup-3", stock = i % 2 },
            });
            Assert.Equal(1, reply.GetProperty("accepted").GetInt32());
            Assert.Equal(i % 2 == 1, Ids(await RecommendAsync("ben", 20), "products").Contains("cup-3"));
        }
    }

    [Fact]
    public async Task A_return_changes_the_next_answer()
    {
        await shop.OrderAsync("carl", "c1", "2026-01-05T12:00:00Z", "tea-0");
        await shop.OrderAsync("carl", "c2", "2026-02-05T12:00:00Z", "tea-1");
        Assert.Equal(["tea-0", "tea-1"], Ids(await RecommendAsync("carl", 10), "repeat").Order());
        await shop.Clv.Clv.SendAsync(new
        {
            type = "track",
            @event = "Order Refunded",
            userId = "carl",
            properties = new { order_id = "c2" },
        });
        var after = await RecommendAsync("carl", 20);
        Assert.Equal(["tea-0"], Ids(after, "repeat"));
        Assert.DoesNotContain("tea-1", Ids(after, "products"));
    }

    [Fact]
    public async Task An_erasure_changes_the_next_answer_of_every_id_of_the_person_and_stays_done_after_a_restart()
    {
        await shop.Clv.Clv.SendAsync(new
        {
            type = "track",
            @event = "Product Added",
            anonymousId = "frida-phone",
            properties = new { product_id = "tea-3" },
        });
        await shop.OrderAsync("frida", "f1", "2026-01-05T12:00:00Z", "tea-0");
        await shop.OrderAsync("frida", "f2", "2026-02-05T12:00:00Z", "tea-1");
        await shop.Clv.Clv.SendAsync(new { type = "identify", userId = "frida", anonymousId = "frida-phone" });
        foreach (var id in (string[])["frida", "frida-phone"])
        {
            Assert.Equal(["tea-0", "tea-1"], Ids(await RecommendAsync(id, 20), "repeat").Order());
            Assert.Equal("ResumeCart", await NextActionAsync(id));
        }

        var (status, begun) = await shop.Clv.SendAsync(
            HttpMethod.Post, "api/v1/regulations",
            """{"regulationType":"DELETE_ONLY","subjectType":"USER_ID","subjectIds":["frida"]}""");
        Assert.Equal(HttpStatusCode.OK, status);
        var regulation = $"api/v1/regulations/{begun.GetProperty("data").GetProperty("regulateId").GetString()}";
        while ((await shop.Clv.GetAsync(regulation)).GetProperty("data").GetProperty("regulation").GetProperty("finishedAt").ValueKind
            == JsonValueKind.Null)
        {
            await Pause.ShortAsync();
        }

        await IsForgottenAsync();
        await shop.Clv.RestartAsync();
        await IsForgottenAsync();

        async Task IsForgottenAsync()
        {
            var nobody = Ids(await RecommendAsync("nobody", 20), "products");
            foreach (var id in (string[])["frida", "frida-phone"])
            {
                var reply = await RecommendAsync(id, 20);
                Assert.Equal((0L, 0), (reply.GetProperty("revision").GetInt64(), Ids(reply, "repeat").Length));
                Assert.Equal(nobody, Ids(reply, "products"));
                Assert.Equal("Recommend", await NextActionAsync(id));
            }
        }
    }

    [Fact]
    public async Task A_visitor_gets_what_goes_with_the_session_and_nothing_of_the_cart_and_somebody_unknown_what_most_buy()
    {
        await shop.Clv.Clv.SendAsync(new
        {
            type = "track",
            @event = "Product Viewed",
            anonymousId = "v1",
            properties = new { product_id = "tea-0" },
        });
        await shop.Clv.Clv.SendAsync(new
        {
            type = "track",
            @event = "Product Added",
            anonymousId = "v1",
            properties = new { product_id = "tea-1" },
        });
        var visitor = await RecommendAsync("v1", 2);
        Assert.All(Ids(visitor, "products"), id => Assert.Contains(id, Teas));
        Assert.DoesNotContain("tea-1", Ids(visitor, "products"));
        Assert.Empty(Ids(visitor, "repeat"));

        var unknown = await RecommendAsync("nobody", 3);
        Assert.Equal((0, 3), (unknown.GetProperty("revision").GetInt64(), Ids(unknown, "products").Length));
        Assert.All(
            unknown.GetProperty("products").EnumerateArray(), p => Assert.Equal("Popular", Text(p.GetProperty("reasons")[0], "kind")));
    }

    [Fact]
    public async Task Wrong_parameters_are_named()
    {
        await shop.Clv.RefusedAsync(400, "invalid_limit", "api/v1/customers/anna/recommendations?limit=0");
        await shop.Clv.RefusedAsync(400, "invalid_limit", "api/v1/customers/anna/recommendations?limit=101");
        await shop.Clv.RefusedAsync(400, "unknown_parameter", "api/v1/customers/anna/recommendations?count=3");
        await shop.Clv.RefusedAsync(404, "unknown_customer", $"api/v1/customers/{new string('x', 256)}/recommendations");
    }

    private Task<JsonElement> RecommendAsync(string customer, int limit) =>
        shop.Clv.GetAsync($"api/v1/customers/{customer}/recommendations?limit={limit}&slot=home");

    private async Task<string?> NextActionAsync(string customer) =>
        Text((await shop.Clv.GetAsync($"api/v1/customers/{customer}/experience")).GetProperty("nextBestAction"), "kind");

    private static string[] Ids(JsonElement reply, string list) =>
        [.. reply.GetProperty(list).EnumerateArray().Select(p => p.GetProperty("product").GetString()!)];

    private static string? Text(JsonElement e, string name) => e.GetProperty(name).GetString();

    /// <summary>A trained store: 200 customers, each buys four times of teas or of cups.</summary>
    public sealed class Shop : IAsyncLifetime
    {
        public StockFixture Clv { get; } = new();

        public async ValueTask InitializeAsync()
        {
            await Clv.InitializeAsync();
            var random = new Random(3);
            for (var c = 0; c < 200; c++)
            {
                var kind = c % 2 == 0 ? "tea" : "cup";
                for (var n = 0; n < 4; n++)
                {
                    var day = new DateTime(2025, 6, 1, 12, 0, 0, DateTimeKind.Utc).AddDays((n * 45) + random.Next(30));
                    await OrderAsync(
                        $"{kind}-{c}", $"{kind}-{c}-{n}", $"{day:yyyy-MM-dd}T12:00:00Z", $"{kind}-{random.Next(4)}",
                        $"{kind}-{random.Next(4)}");
                }
            }

            await Clv.JobAsync("api/v1/models/train");
        }

        public ValueTask DisposeAsync() => Clv.DisposeAsync();

        public Task OrderAsync(string customer, string order, string at, params string[] products) => Clv.Clv.SendAsync(new
        {
            type = "track",
            @event = "Order Completed",
            userId = customer,
            messageId = "order:" + order,
            timestamp = at,
            properties = new
            {
                order_id = order,
                revenue = 10 * products.Length,
                products = products.Distinct().Select(p => new { product_id = p, category = p[..3], price = 10, quantity = 1 }),
            },
        });

        public async Task StockAsync(string product, long units)
        {
            var (status, _) = await Clv.SendAsync(HttpMethod.Put, "api/v1/stock", $$"""{"product":"{{product}}","units":{{units}}}""");
            Assert.Equal(HttpStatusCode.OK, status);
        }
    }
}
