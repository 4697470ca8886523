using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace ClvOrleans.Server.Tests.Api;

public sealed class ReportApiTests(ClvFixture fixture) : IClassFixture<ClvFixture>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reports_and_demand_follow_orders_costs_and_refunds_in_every_format()
    {
        // A new store: empty tables, and a refusal that says what is missing.
        Assert.Equal(0, (await fixture.GetAsync("api/v1/reports/cohorts")).GetProperty("rows").GetArrayLength());
        Assert.Equal(0, (await fixture.GetAsync("api/v1/reports/budget?amount=100")).GetProperty("rows").GetArrayLength());
        Assert.Contains("names a product", await fixture.RefusedAsync(409, "no_products", "api/v1/demand"), StringComparison.Ordinal);

        for (var i = 0; i < 4; i++)
        {
            await fixture.Clv.SendAsync(Order($"search-{i}", "google", "cpc", "lamp", 40, 40));
            await fixture.Clv.SendAsync(Order($"mail-{i}", "newsletter", "email", "rug", 160, 400));
        }

        using (var costs = new StringContent("channel,from,to,amount\ngoogle / cpc,2020-01-01,2120-12-31,36890\n", Encoding.UTF8))
        {
            var reply = await fixture.Clv.Http.PostAsync("api/v1/acquisition/costs", costs, Cancelled);
            Assert.Equal(1, (await reply.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("costs").GetInt32());
        }

        var channels = await RowsAsync("api/v1/reports/cohorts?by=channel");
        Assert.Equal(["google / cpc", "newsletter / email"], channels.Select(r => r.GetProperty("cohort").GetString()).Distinct());
        Assert.Equal(4, channels[0].GetProperty("customers").GetInt32());
        Assert.Equal(
            160m,
            channels.Where(r => r.GetProperty("cohort").GetString() == "google / cpc").Sum(r => r.GetProperty("revenue").GetDecimal()));

        // Half of one order back: it is in the next answer.
        await fixture.Clv.SendAsync(new
        {
            type = "track",
            @event = "Order Refunded",
            messageId = "r1",
            userId = "search-0",
            properties = new { order_id = "o-search-0", total = 20 },
        });
        channels = await RowsAsync("api/v1/reports/cohorts?by=channel");
        Assert.Equal(
            140m,
            channels.Where(r => r.GetProperty("cohort").GetString() == "google / cpc").Sum(r => r.GetProperty("revenue").GetDecimal()));

        var acquisition = await RowsAsync("api/v1/reports/acquisition");
        var google = acquisition.Single(r => r.GetProperty("group").GetString() == "google / cpc");
        Assert.Equal(google.GetProperty("cost").GetDouble() / 4, google.GetProperty("cac").GetDouble(), 6);
        Assert.Equal(
            google.GetProperty("clv").GetDouble() / google.GetProperty("cac").GetDouble(), google.GetProperty("clvToCac").GetDouble(), 6);

        var csv = (await fixture.Clv.Http.GetStringAsync("api/v1/reports/cohorts?by=channel&format=csv", Cancelled)).Split("\r\n");
        Assert.StartsWith("cohort,month,customers,", csv[0], StringComparison.Ordinal);
        Assert.Equal(channels.Length, csv.Length - 2);
        var parquet = await fixture.Clv.Http.GetByteArrayAsync("api/v1/reports/cohorts?by=channel&format=parquet", Cancelled);
        Assert.Equal("PAR1", Encoding.ASCII.GetString(parquet[..4]));

        var demand = await RowsAsync("api/v1/demand?weeks=2");
        Assert.Equal(
            ["(all)", "lamp", "rug"],
            demand.Select(r => r.GetProperty("product").GetString()).Where(n => n != "(large orders)").Distinct());
        foreach (var week in demand.GroupBy(r => r.GetProperty("week").GetInt32()))
        {
            var units = week.ToDictionary(r => r.GetProperty("product").GetString()!, r => r.GetProperty("units").GetDouble());
            Assert.Equal(units["(all)"], units.Where(u => u.Key != "(all)").Sum(u => u.Value), 6);
        }

        // Seven of eight customers have brought more than 30: of one, half was taken back.
        var (status, _) = await fixture.SendAsync(
            HttpMethod.Put, "api/v1/own-segments/rich", """{"rule":"historicValue > 30 and kind = 'customer'"}""");
        Assert.Equal(HttpStatusCode.OK, status);
        var month = TimeProvider.System.GetUtcNow().ToString("yyyy-MM", CultureInfo.InvariantCulture);
        foreach (var by in (string[])["lifecycle", "tier"])
        {
            var moves = await RowsAsync($"api/v1/reports/movement?months=3&by={by}");
            Assert.Equal(8, moves.Where(r => Text(r, "month") == month).Sum(r => r.GetProperty("customers").GetInt32()));
        }

        var segments = (await RowsAsync("api/v1/reports/movement?months=3&by=segment")).Where(r => Text(r, "month") == month).ToArray();
        Assert.Equal((7, 1), (Count("(all)", "rich"), Count("(all)", "(none)")));
        Assert.Equal(
            8, (await RowsAsync("api/v1/reports/risk?by=discount")).Sum(r => r.GetProperty("customers").GetInt32()));

        int Count(string from, string to) => segments.Where(r => (Text(r, "from"), Text(r, "to")) == (from, to))
            .Sum(r => r.GetProperty("customers").GetInt32());
    }

    [Theory]
    [InlineData("api/v1/reports/cohorts?by=city", "invalid_by")]
    [InlineData("api/v1/reports/risk?format=xlsx", "invalid_format")]
    [InlineData("api/v1/reports/movement?by=channel", "invalid_by")]
    [InlineData("api/v1/reports/movement?months=25", "invalid_months")]
    [InlineData("api/v1/reports/budget", "invalid_amount")]
    [InlineData("api/v1/reports/budget?amount=10&elasticity=1", "invalid_elasticity")]
    [InlineData("api/v1/reports/acquisition?from=2026-02-01&until=2026-01-01", "invalid_until")]
    [InlineData("api/v1/demand/reorder?service=2", "invalid_service")]
    public async Task What_cannot_be_is_named(string address, string code) =>
        Assert.NotEmpty(await fixture.RefusedAsync(400, code, address));

    [Theory]
    [InlineData("""{"channel":"google / cpc","from":"2026-01-02","to":"2026-01-01","amount":1}""", "to is before from")]
    [InlineData("""[{"channel":"google / cpc","from":"2026-01-01","to":"2026-01-01"}]""", "[0].amount is missing")]
    [InlineData("""{"channel":"","from":"2026-01-01","to":"2026-01-01","amount":1}""", "channel is missing")]
    [InlineData("""{"channel":"a","from":"2026-01-01","to":"2026-01-01","amount":1,"clicks":3}""", "clicks is unknown")]
    [InlineData("channel,from,amount\ngoogle / cpc,soon,1\n", "Line 2: from 'soon' is not a date")]
    public async Task A_cost_that_cannot_be_read_is_refused_with_its_place(string body, string message)
    {
        using var content = new StringContent(body, Encoding.UTF8);
        using var reply = await fixture.Clv.Http.PostAsync("api/v1/acquisition/costs", content, Cancelled);
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Contains(message, await reply.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }

    private async Task<JsonElement[]> RowsAsync(string address) =>
        [.. (await fixture.GetAsync(address)).GetProperty("rows").EnumerateArray()];

    private static string? Text(JsonElement row, string column) => row.GetProperty(column).GetString();

    private static object Order(string user, string source, string medium, string product, decimal total, int daysAgo) => new
    {
        type = "track",
        @event = "Order Completed",
        messageId = $"m-{user}",
        userId = user,
        timestamp = TimeProvider.System.GetUtcNow().AddDays(-daysAgo).ToString("O", CultureInfo.InvariantCulture),
        context = new { campaign = new { source, medium, name = "spring" } },
        properties = new { order_id = $"o-{user}", total, products = new[] { new { product_id = product, price = total, quantity = 1 } } },
    };
}
