using System.Net;
using System.Text.Json;

namespace ClvOrleans.Server.Tests.Api;

/// <summary>Reports of a store with a smallest group, here of five, in all places that name groups of customers.</summary>
public sealed class SmallestGroupTests(SmallestGroupFixture fixture) : IClassFixture<SmallestGroupFixture>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_report_tells_of_fewer_customers_than_the_smallest_group()
    {
        // Three of mail take the six of search with them: the rest of the total without the ads would be three.
        await SendAsync();
        var risk = await RowsAsync("api/v1/reports/risk?by=channel");
        Assert.Equal([("(small groups)", 9), ("ads / cpc", 9)], risk.Select(r => Counted(r, "group")).Order());
        Assert.All(await RowsAsync("api/v1/reports/cohorts?by=channel"), row =>
        {
            Assert.Contains(row.GetProperty("cohort").GetString(), (string?[])["(small groups)", "ads / cpc"]);
            Assert.True(row.GetProperty("active").GetInt32() is 0 or >= 5);
            Assert.Equal(JsonValueKind.Null, row.GetProperty("revenuePerCustomer").ValueKind);
        });
        Assert.Equal(
            [("(small groups)", 9), ("ads / cpc", 9)],
            (await RowsAsync("api/v1/reports/acquisition?from=2026-01-01&until=2026-01-02")).Select(r => Counted(r, "group")).Order());
        var csv = await fixture.Clv.Http.GetStringAsync("api/v1/reports/risk?by=channel&format=csv", Cancelled);
        Assert.DoesNotContain("mail", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("search", csv, StringComparison.Ordinal);
        Assert.All(
            await RowsAsync("api/v1/reports/movement?months=2"), row => Assert.True(row.GetProperty("customers").GetInt32() >= 5));

        var next = await fixture.GetAsync("api/v1/acquisition");
        Assert.Equal(["ads / cpc"], next.GetProperty("groups").EnumerateArray().Select(g => g.GetProperty("name").GetString()));

        var segments = await fixture.GetAsync("api/v1/segments");
        Assert.Equal(18, segments.GetProperty("total").GetProperty("customers").GetInt32());
        Assert.Equal( // Of eighteen, one, one, two, five and nine customers are above.
            [("top-1", true), ("top-5", true), ("top-10", true), ("top-25", false), ("top-50", false)],
            segments.GetProperty("tiers").EnumerateArray().Select(t => (t.GetProperty("tier").GetString(), IsNull(t, "from"))));
        Assert.Contains(segments.GetProperty("segments").EnumerateArray(), IsUntold);
        Assert.All(segments.GetProperty("segments").EnumerateArray().Where(s => !IsUntold(s)), row =>
            Assert.True(row.GetProperty("customers").GetInt32() is 0 or >= 5));
    }

    [Theory]
    [InlineData("cohorts")]
    [InlineData("risk")]
    [InlineData("movement")]
    public async Task Segments_that_overlap_have_no_report(string report) => Assert.Contains(
        "own segments overlap", await fixture.RefusedAsync(400, "invalid_by", $"api/v1/reports/{report}?by=segment"),
        StringComparison.Ordinal);

    [Fact]
    public async Task A_rule_tells_no_more_than_a_rounded_size()
    {
        await SendAsync();
        await ExpectAsync("""{"rule":"historicValue > 12","sample":10}""", 5); // Nine.
        await ExpectAsync("""{"rule":"historicValue > 15"}""", 0); // Three.
        await fixture.SendAsync(HttpMethod.Put, "api/v1/own-segments/previewed", """{"rule":"historicValue > 12"}""");
        JsonElement total;
        do
        {
            await Pause.ShortAsync();
            total = (await fixture.GetAsync("api/v1/own-segments/previewed")).GetProperty("segment").GetProperty("total");
        }
        while (total.GetProperty("customers").GetInt32() == 0);
        Assert.Equal((5, true), (total.GetProperty("customers").GetInt32(), IsNull(total, "predictedValue")));
    }

    [Fact]
    public async Task How_many_are_on_a_list_is_rounded()
    {
        await fixture.SendAsync(
            HttpMethod.Post, "api/v1/lists/vip/customers", """{"add":["l1","l2","l3","l4","l5","l6","l7"]}""");
        var list = Assert.Single((await fixture.GetAsync("api/v1/lists")).EnumerateArray());
        Assert.Equal(("vip", 5), (list.GetProperty("list").GetString(), list.GetProperty("customers").GetInt32()));
    }

    private async Task ExpectAsync(string body, int customers)
    {
        var (status, preview) = await fixture.SendAsync(HttpMethod.Post, "api/v1/rules/preview", body);
        Assert.True(status == HttpStatusCode.OK, preview.ToString());
        var total = preview.GetProperty("total");
        Assert.Equal((customers, true), (total.GetProperty("customers").GetInt32(), IsNull(total, "historicValue")));
        Assert.Equal(0, preview.GetProperty("sample").GetArrayLength());
    }

    private static bool IsUntold(JsonElement values) => IsNull(values, "customers") && IsNull(values, "historicValue");

    private static bool IsNull(JsonElement values, string name) => values.GetProperty(name).ValueKind == JsonValueKind.Null;

    private static (string?, int) Counted(JsonElement row, string name) =>
        (row.GetProperty(name).GetString(), row.GetProperty("customers").GetInt32());

    private async Task<JsonElement[]> RowsAsync(string address) =>
        [.. (await fixture.GetAsync(address)).GetProperty("rows").EnumerateArray()];

    // By whichever test comes first.
    private async Task SendAsync()
    {
        await SendAsync("mail", 3);
        await SendAsync("search", 6);
        await SendAsync("ads", 9);
    }

    private async Task SendAsync(string source, int customers)
    {
        for (var i = 0; i < customers; i++)
        {
            await fixture.Clv.SendAsync(new
            {
                type = "track",
                @event = "Order Completed",
                messageId = $"m-{source}-{i}",
                userId = $"{source}-{i}",
                context = new { campaign = new { source, medium = "cpc", name = "spring" } },
                properties = new { order_id = $"o-{source}-{i}", total = 10 + i },
            });
        }
    }
}
