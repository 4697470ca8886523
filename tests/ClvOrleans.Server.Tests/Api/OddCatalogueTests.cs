using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace ClvOrleans.Server.Tests.Api;

/// <summary>Stores that sell nothing yet, things without a name, one thing, things for nothing, or very many things.</summary>
public sealed class OddCatalogueTests : IAsyncLifetime
{
    private readonly ClvFixture _fixture = new();

    public ValueTask InitializeAsync() => _fixture.InitializeAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task A_new_store_recommends_nothing_and_says_that_demand_needs_products()
    {
        Assert.Empty(await ProductsAsync("nobody"));
        var experience = await ExperienceAsync("nobody");
        Assert.Equal("Browse", experience.GetProperty("nextBestAction").GetProperty("kind").GetString());
        Assert.Equal(0, experience.GetProperty("categories").GetArrayLength());
        await _fixture.RefusedAsync(409, "no_products", "api/v1/demand?by=category");
        Assert.Empty(await RowsAsync("api/v1/demand/reorder"));
        foreach (var report in (string[])["cohorts", "acquisition", "risk", "policies", "budget?amount=100"])
        {
            Assert.Empty(await RowsAsync($"api/v1/reports/{report}"));
        }
    }

    [Fact]
    public async Task A_store_whose_orders_name_no_products_has_reports_and_no_recommendations()
    {
        for (var i = 0; i < 5; i++)
        {
            await _fixture.Clv.SendAsync(Order("anna", i, 25));
        }

        var reply = await _fixture.GetAsync("api/v1/customers/anna/recommendations");
        Assert.All((string[])["products", "repeat", "explore"], list => Assert.Equal(0, reply.GetProperty(list).GetArrayLength()));
        var experience = await ExperienceAsync("anna");
        Assert.Equal("Browse", experience.GetProperty("nextBestAction").GetProperty("kind").GetString());
        Assert.Equal((0, JsonValueKind.Null),
            (experience.GetProperty("reorder").GetArrayLength(), experience.GetProperty("priceBand").ValueKind));
        await _fixture.RefusedAsync(409, "no_products", "api/v1/demand");
        var cohorts = await RowsAsync("api/v1/reports/cohorts?by=product");
        Assert.Equal("(none)", Assert.Single(cohorts.Select(r => r.GetProperty("cohort").GetString()).Distinct()));
        Assert.Equal(125m, cohorts.Sum(r => r.GetProperty("revenue").GetDecimal()));
    }

    [Fact]
    public async Task One_product_for_nothing_of_which_too_many_were_sold_is_told_in_units_and_not_recommended()
    {
        for (var i = 0; i < 5; i++)
        {
            await _fixture.Clv.SendAsync(Order("ben", i, 0, "gift"));
        }

        Assert.Equal(["gift"], await ProductsAsync("ben"));
        var demand = await RowsAsync("api/v1/demand?weeks=1");
        Assert.Equal(["(all)", "gift"], demand.Select(r => r.GetProperty("product").GetString()).Where(p => p != "(large orders)"));
        Assert.All(demand, r => Assert.Equal(0.0, r.GetProperty("revenue").GetDouble()));
        Assert.True(demand[0].GetProperty("units").GetDouble() > 0);

        await StockAsync("""{"product":"gift","units":-3,"price":0}""");
        Assert.Empty(await ProductsAsync("ben"));
        Assert.Equal(0, (await ExperienceAsync("ben")).GetProperty("reorder").GetArrayLength());

        // What is owed is ordered too.
        var reorder = Assert.Single(await RowsAsync("api/v1/demand/reorder"));
        Assert.True(reorder.GetProperty("order").GetInt64() >= 3, reorder.ToString());
    }

    [Fact]
    public async Task Very_many_products_are_planned_stated_and_recommended_from()
    {
        const int InOrder = 250;
        var count = FullSizes.Of(20_000, 100_000);
        for (var i = 0; i < count / InOrder; i += 20)
        {
            await _fixture.Clv.SendAsync([.. Enumerable.Range(i, 20).Select(n => Order(
                $"c{n % 50}", n, 500, [.. Enumerable.Range(n * InOrder, InOrder).Select(p => $"p{p}")]))]);
        }

        var demand = await RowsAsync("api/v1/demand?weeks=1&limit=100000");
        var units = demand.ToDictionary(r => r.GetProperty("product").GetString()!, r => r.GetProperty("units").GetDouble());
        Assert.Equal(count, units.Keys.Count(k => k[0] == 'p'));
        Assert.Equal(units["(all)"], units.Where(u => u.Key != "(all)").Sum(u => u.Value), 6);

        await _fixture.JobAsync("api/v1/models/train");
        var before = await ProductsAsync("c7", 100);
        Assert.Equal(100, before.Length);
        var stock = Enumerable.Range(0, count).Select(p => $$"""{"product":"p{{p}}","units":{{p % 2}}}""");
        await StockAsync($"[{string.Join(',', stock)}]");
        var after = await ProductsAsync("c7", 100);
        Assert.Equal(100, after.Length);
        Assert.All(after, id => Assert.Equal(1, int.Parse(id.AsSpan(1), CultureInfo.InvariantCulture) % 2));
    }

    private Task<JsonElement> ExperienceAsync(string customer) => _fixture.GetAsync($"api/v1/customers/{customer}/experience");

    private async Task<string[]> ProductsAsync(string customer, int limit = 10) =>
    [
        .. (await _fixture.GetAsync($"api/v1/customers/{customer}/recommendations?limit={limit}")).GetProperty("products").EnumerateArray()
            .Select(p => p.GetProperty("product").GetString()!),
    ];

    private async Task<JsonElement[]> RowsAsync(string address) =>
        [.. (await _fixture.GetAsync(address)).GetProperty("rows").EnumerateArray()];

    private async Task StockAsync(string body)
    {
        var (status, reply) = await _fixture.SendAsync(HttpMethod.Put, "api/v1/stock", body);
        Assert.True(status == HttpStatusCode.OK, reply.ToString());
    }

    // A month apart, the last one a month ago.
    private static object Order(string user, int number, decimal price, params string[] products) => new
    {
        type = "track",
        @event = "Order Completed",
        messageId = $"m{user}-{number}",
        userId = user,
        timestamp = TimeProvider.System.GetUtcNow().AddDays(-30 * (1 + (number % 10))).ToString("O", CultureInfo.InvariantCulture),
        properties = new
        {
            order_id = $"o{user}-{number}",
            total = price,
            products = products.Select(p => new { product_id = p, price = price / products.Length, quantity = 1 }),
        },
    };
}
