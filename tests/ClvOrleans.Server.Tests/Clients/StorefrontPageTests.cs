using System.Text.Json;
using ClvOrleans.Server.Tests.Api;

namespace ClvOrleans.Server.Tests.Clients;

/// <summary>What a browser makes of the shop as a customer sees it.</summary>
public sealed class StorefrontPageTests(RecommendationApiTests.Shop shop) : IClassFixture<RecommendationApiTests.Shop>
{
    [Fact]
    public async Task The_page_shows_what_the_answers_say_and_takes_no_product_for_markup()
    {
        const string Hostile = "<img src=x onerror=alert(1)>";
        var chromium = NodeScript.Find("chromium");
        await shop.OrderAsync("zoe", "z1", "2026-01-05T12:00:00Z", "tea-0", "tea-1");
        await shop.OrderAsync("zoe", "z2", "2026-02-05T12:00:00Z", "tea-0");
        await shop.Clv.Clv.SendAsync(new
        {
            type = "track",
            @event = "Product Added",
            userId = "zoe",
            properties = new { product_id = Hostile },
        });
        var experience = await shop.Clv.GetAsync("api/v1/customers/zoe/experience?limit=5");
        var recommendations = await shop.Clv.GetAsync("api/v1/customers/zoe/recommendations?limit=5");
        using var script = await NodeScript.StartSignedInAsync(
            shop.Clv.Clv, "storefront.mjs", shop.Clv.Clv.Http.BaseAddress!.ToString(), "zoe", chromium);
        using var page = JsonDocument.Parse(await script.EndAsync(TimeSpan.FromMinutes(2)));
        var shown = page.RootElement;

        Assert.Equal((0, 0), (shown.GetProperty("markup").GetInt32(), shown.GetProperty("complaints").GetArrayLength()));
        Assert.Equal("ResumeCart: 1 product is in the cart.", shown.GetProperty("next").GetString());
        Assert.Equal([Hostile], Texts(shown, "saved"));
        Assert.Equal(
            experience.GetProperty("categories").EnumerateArray().Select(c => c.GetProperty("category").GetString()),
            Texts(shown, "categories").Select(c => c!.Split(' ')[0]));
        Assert.Equal(
            recommendations.GetProperty("explore").EnumerateArray().Select(p => p.GetProperty("product").GetString()),
            Texts(shown, "explore").Select(t => t!.Split(' ')[0]));
        var order = experience.GetProperty("priceBand").GetProperty("order").GetString() switch
        {
            "Descending" => ", the dearest first",
            "Ascending" => ", the cheapest first",
            _ => "",
        };
        Assert.Equal($"Usual prices: $10.00 to $10.00{order}", shown.GetProperty("band").GetString());
        Assert.Matches("^This may be kept for [0-9]+ s[.]$", shown.GetProperty("fresh").GetString());
        Assert.True(shown.GetProperty("offer").GetBoolean());
    }

    private static IEnumerable<string?> Texts(JsonElement shown, string part) =>
        shown.GetProperty(part).EnumerateArray().Select(t => t.GetString());
}
