using System.Net;
using System.Text.Json;

namespace ClvOrleans.Server.Tests.Api;

public sealed class StockApiTests(StockFixture fixture) : IClassFixture<StockFixture>
{
    [Theory]
    [InlineData(
        """[{"product":"wrong","units":1},{"product":"b","units":"many"}]""",
        "[1].units is 'many', which is not a number of units, below zero or above, up to 10^12.")]
    [InlineData("""{"units":1}""", "product is missing.")]
    [InlineData("""{"product":"wrong","units":true}""", "units must be a string.")]
    [InlineData("""{"product":"wrong","leadDays":-1}""", "leadDays is '-1', which is not 0 to 1000 whole days.")]
    [InlineData("""{"product":"wrong","promoted":"perhaps"}""", "promoted is 'perhaps', which is not true or false.")]
    [InlineData(
        """{"product":"wrong","stock":1}""",
        "stock is unknown; there are product, units, price, currency, promoted, category, leadDays, at.")]
    [InlineData(
        """{"product":"1.5E+12","units":1}""",
        "product '1.5E+12' is a number that a spreadsheet or a program has rounded: different ids may have become the same. Export it as "
            + "text.")]
    [InlineData("[1]", "[0] is not an object.")]
    [InlineData("product_id,units\nwrong,1\nb,zz", "Line 3: units is 'zz', which is not a plain number, or is too large.")]
    [InlineData("product_id,promoted\nwrong,maybe", "Line 2: promoted is 'maybe', which is not true or false.")]
    public async Task A_wrong_statement_is_named_with_its_place_and_nothing_is_kept(string body, string message)
    {
        var (status, problem) = await fixture.SendAsync(HttpMethod.Put, "api/v1/stock", body);
        Assert.Equal((HttpStatusCode.BadRequest, message), (status, problem.GetProperty("message").GetString()));
        Assert.Empty((await fixture.GetAsync("api/v1/stock?product=wrong")).GetProperty("products").EnumerateArray());
    }

    [Fact]
    public async Task Json_and_tables_of_either_decimal_sign_state_the_same()
    {
        await PutAsync(
            """{"product":"json","units":-3,"price":12.50,"promoted":true,"category":"Süßes","leadDays":5,"at":"2026-01-02T03:04:05Z"}""");
        await PutAsync(
            "product_id;units;price;promoted;category;lead_days;at\njson-2;-3;12,50;true;Süßes;5;2026-01-02T03:04:05Z\nother;1;9,95;;;;");
        var (json, table) = (await FindAsync("json"), await FindAsync("json-2"));
        Assert.Equal(json.ToString().Replace("\"json\"", "\"json-2\"", StringComparison.Ordinal), table.ToString());
        Assert.Equal((-3, 12.5m), (json.GetProperty("units").GetInt64(), json.GetProperty("price").GetDecimal()));
    }

    [Fact]
    public async Task Statements_and_events_add_to_each_other_and_older_ones_change_nothing()
    {
        await PutAsync("""{"product":"cup","units":5,"price":3,"at":"2026-02-01T00:00:00Z"}""");
        var reply = await fixture.SendAsAsync(StockFixture.Warehouse, new
        {
            type = "track",
            @event = "stock_updated",
            timestamp = "2026-02-02T00:00:00Z",
            properties = new { product_id = "cup", stock = 2 },
        });
        Assert.Equal((1, 0), (reply.GetProperty("accepted").GetInt32(), reply.GetProperty("quarantined").GetArrayLength()));
        await PutAsync("""{"product":"cup","units":99,"at":"2026-01-01T00:00:00Z"}""");
        var cup = await FindAsync("cup");
        Assert.Equal((2, 3m), (cup.GetProperty("units").GetInt64(), cup.GetProperty("price").GetDecimal()));

        var refused = await fixture.SendAsAsync(
            StockFixture.Warehouse, new { type = "track", @event = "Stock Updated", properties = new { stock = 2 } });
        Assert.Equal(
            "properties.product_id is missing.",
            Assert.Single(refused.GetProperty("quarantined").EnumerateArray()).GetProperty("message").GetString());
    }

    [Fact]
    public async Task The_write_key_of_a_page_states_no_stock_neither_at_once_nor_when_its_event_is_replayed()
    {
        await PutAsync("""{"product":"jug","units":5}""");
        var reply = await fixture.Clv.SendAsync(
            new { type = "track", @event = "Stock Updated", properties = new { product_id = "jug", stock = 0 } },
            new { type = "track", @event = "Product Viewed", anonymousId = "v", properties = new { product_id = "jug" } });
        var refused = Assert.Single(reply.GetProperty("quarantined").EnumerateArray());
        Assert.Equal((1, 0), (reply.GetProperty("accepted").GetInt32(), refused.GetProperty("index").GetInt32()));
        Assert.Equal("stock_not_allowed", refused.GetProperty("code").GetString());
        Assert.Contains("stockSources in store.json", refused.GetProperty("message").GetString(), StringComparison.Ordinal);

        var (_, replayed) = await fixture.SendAsync(HttpMethod.Post, "api/v1/dead-letters/replay?code=stock_not_allowed");
        Assert.True(replayed.ValueKind == JsonValueKind.Object, replayed.ToString());
        Assert.Equal(5, (await FindAsync("jug")).GetProperty("units").GetInt64());
    }

    [Fact]
    public async Task Pages_give_each_product_once_and_a_product_can_be_forgotten()
    {
        await PutAsync(
            "[" + string.Join(',', Enumerable.Range(0, 25).Select(i => $$"""{"product":"page-{{i:00}}","units":{{i}}}""")) + "]");
        var (ids, after) = (new List<string>(), "page-");
        while (after is not null && ids.Count < 25)
        {
            var page = await fixture.GetAsync($"api/v1/stock?limit=10&after={after}");
            ids.AddRange(page.GetProperty("products").EnumerateArray().Select(p => p.GetProperty("product").GetString()!));
            after = page.GetProperty("next").GetString();
        }

        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"page-{i:00}"), ids.Take(25));
        Assert.Equal(HttpStatusCode.NoContent, (await fixture.SendAsync(HttpMethod.Delete, "api/v1/stock?product=page-03")).Status);
        await fixture.RefusedAsync(404, "unknown_product", "api/v1/stock?product=page-03", HttpMethod.Delete);
        await fixture.RefusedAsync(400, "invalid_product", "api/v1/stock", HttpMethod.Delete);
    }

    private async Task<JsonElement> FindAsync(string product) =>
        Assert.Single((await fixture.GetAsync($"api/v1/stock?product={product}")).GetProperty("products").EnumerateArray());

    private async Task PutAsync(string body)
    {
        var (status, reply) = await fixture.SendAsync(HttpMethod.Put, "api/v1/stock", body);
        Assert.True(status == HttpStatusCode.OK, reply.ToString());
    }
}
