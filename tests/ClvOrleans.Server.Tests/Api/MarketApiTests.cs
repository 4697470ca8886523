using System.Net;
using System.Text.Json;

namespace ClvOrleans.Server.Tests.Api;

public sealed class MarketApiTests(ClvFixture fixture) : IClassFixture<ClvFixture>
{
    [Theory]
    [InlineData("""[{"id":"a","kind":"Promotion","from":"2026-01-02","to":"2026-01-01"}]""", "[0].to is before from.")]
    [InlineData(
        """[{"id":"a","kind":"Season","from":"2026-01-01","to":"2026-01-02"},{"id":"b","kind":"Season","from":"2026-02-30","to":"2026-03-01"}]""", "[1].from '2026-02-30' is not a date such as 2026-01-31, of the years 1970 to 2199.")]
    [InlineData(
        """{"id":"a","kind":"Season","from":"0001-01-01","to":"2026-01-02"}""",
        "from '0001-01-01' is not a date such as 2026-01-31, of the years 1970 to 2199.")]
    [InlineData("""{"id":"a","kind":"Season","from":20260101,"to":"2026-01-02"}""", "from is not text.")]
    [InlineData(
        """{"id":"a","kind":"Sale","from":"2026-01-01","to":"2026-01-02"}""", "kind 'Sale' is not Promotion, Season or Competitor.")]
    [InlineData("""{"id":"a","kind":"1","from":"2026-01-01","to":"2026-01-02"}""", "kind '1' is not Promotion, Season or Competitor.")]
    [InlineData("""{"id":"a","from":"2026-01-01","to":"2026-01-02"}""", "kind is missing.")]
    [InlineData("""{"kind":"Season","from":"2026-01-01","to":"2026-01-02"}""", "id is missing.")]
    [InlineData(
        """{"id":"a/b","kind":"Season","from":"2026-01-01","to":"2026-01-02"}""",
        "id 'a/b' is not 1 to 100 letters, digits and . _ : - that begin with a letter or digit.")]
    [InlineData(
        """{"id":"..","kind":"Season","from":"2026-01-01","to":"2026-01-02"}""",
        "id '..' is not 1 to 100 letters, digits and . _ : - that begin with a letter or digit.")]
    [InlineData(
        """{"id":"a","kind":"Season","from":"2026-01-01","to":"2026-01-02","strength":1.01}""",
        "strength 1.01 is not a number from 0 to 1.")]
    [InlineData(
        """{"id":"a","kind":"Season","from":"2026-01-01","to":"2026-01-02","strength":"1"}""",
        "strength \"1\" is not a number from 0 to 1.")]
    [InlineData(
        """{"id":"a","kind":"Season","from":"2026-01-01","to":"2026-01-02","strenght":1}""",
        "strenght is unknown; there are id, kind, from, to, strength, category.")]
    [InlineData(
        """{"id":"a","kind":"Season","from":"2026-01-01","to":"2026-01-02","category":""}""", "category is not 1 to 255 characters.")]
    [InlineData(
        """{"id":"a","kind":"Season","from":"2026-01-01","to":"2026-01-02","category":"\ud800"}""", "category is not valid Unicode.")]
    [InlineData(
        """[{"id":"a","kind":"Season","from":"2026-01-01","to":"2026-01-02"},{"id":"a","kind":"Season","from":"2026-01-01","to":"2026-01-02"}]""", "[1].id 'a' is given twice.")]
    [InlineData("[1]", "[0] is not an object.")]
    [InlineData("3", "An entry or an array of entries was expected.")]
    public async Task A_wrong_entry_is_named_with_its_field_and_nothing_is_kept(string body, string message)
    {
        Assert.Equal(message, await fixture.RefusedAsync(400, "invalid_entry", "api/v1/market", HttpMethod.Post, body));
        Assert.DoesNotContain("a", await IdsAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("[{]")]
    [InlineData("id=a")]
    [InlineData("[NaN]")]
    public async Task A_body_that_is_no_json_is_refused(string body) =>
        await fixture.RefusedAsync(400, "invalid_json", "api/v1/market", HttpMethod.Post, body);

    [Fact]
    public async Task An_entry_is_kept_once_replaced_by_its_id_and_removed()
    {
        const string Entry = """{"id":"kept-1","kind":"promotion","from":"2026-01-01","to":"2026-01-02","strength":0.5}""";
        await PostAsync(Entry);
        await PostAsync($"[{Entry}]");
        Assert.Single(await IdsAsync(), "kept-1");
        await PostAsync(Entry.Replace("0.5", "0.7", StringComparison.Ordinal));
        var kept = (await fixture.GetAsync("api/v1/market")).EnumerateArray().Single(e => e.GetProperty("id").GetString() == "kept-1");
        Assert.Equal(("Promotion", .7), (kept.GetProperty("kind").GetString(), kept.GetProperty("strength").GetDouble()));
        Assert.Equal(HttpStatusCode.NoContent, (await fixture.SendAsync(HttpMethod.Delete, "api/v1/market/kept-1")).Status);
        await fixture.RefusedAsync(404, "unknown_entry", "api/v1/market/kept-1", HttpMethod.Delete);
    }

    [Fact]
    public async Task Entries_show_at_once_in_the_features_of_customers_and_in_what_estimates_name()
    {
        await fixture.Clv.SendAsync(ClvFixture.Order("max", "m1", 10m));
        var before = await MarketAsync();
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        await PostAsync(
            $$"""[{"id":"f1","kind":"Promotion","from":"{{today.AddDays(-1):yyyy-MM-dd}}","to":"{{today.AddDays(1):yyyy-MM-dd}}","strength":0.25},"""
            + $$"""{"id":"f2","kind":"Competitor","from":"{{today.AddDays(7):yyyy-MM-dd}}","to":"{{today.AddDays(9):yyyy-MM-dd}}"}]""");
        var during = await MarketAsync();
        Assert.Equal(.25m, during.Promotion);
        Assert.InRange(during.UntilNext!.Value, 6, 7); // The day may have changed meanwhile.
        Assert.NotEqual(before.Version, during.Version);
        await fixture.SendAsync(HttpMethod.Delete, "api/v1/market/f1");
        await fixture.SendAsync(HttpMethod.Delete, "api/v1/market/f2");
        Assert.Equal((0m, before.Version), ((await MarketAsync()).Promotion, (await MarketAsync()).Version));
    }

    private async Task PostAsync(string body)
    {
        var (status, problem) = await fixture.SendAsync(HttpMethod.Post, "api/v1/market", body);
        Assert.True(status == HttpStatusCode.NoContent, problem.ToString());
    }

    private async Task<IEnumerable<string>> IdsAsync() =>
        (await fixture.GetAsync("api/v1/market")).EnumerateArray().Select(e => e.GetProperty("id").GetString()!);

    private async Task<(decimal Promotion, decimal? UntilNext, string? Version)> MarketAsync()
    {
        var market = (await fixture.GetAsync("api/v1/customers/max")).GetProperty("features").GetProperty("market").EnumerateArray()
            .ToDictionary(f => f.GetProperty("name").GetString()!, f => f.GetProperty("value"));
        var until = market["daysUntilMarketEntry"];
        return (
            market["promotion"].GetDecimal(), until.ValueKind == JsonValueKind.Null ? null : until.GetDecimal(),
            (await fixture.GetAsync("api/v1/customers/max/clv")).GetProperty("marketVersion").GetString());
    }
}
