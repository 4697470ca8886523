using System.Text.Json;
using ClvOrleans.Server.Tests.Api;

namespace ClvOrleans.Server.Tests.Clients;

/// <summary>What a browser makes of the page of the API under its policy.</summary>
public sealed class DocsPageTests(ClvFixture fixture) : IClassFixture<ClvFixture>
{
    [Fact]
    public async Task The_page_of_the_API_is_laid_out_and_complains_of_nothing_though_no_style_within_it_is_allowed_unseen()
    {
        var chromium = NodeScript.Find("chromium");
        using var script = await NodeScript.StartSignedInAsync(
            fixture.Clv, "docs.mjs", fixture.Clv.Http.BaseAddress!.ToString(), chromium);
        var shown = JsonElement.Parse(await script.EndAsync(TimeSpan.FromMinutes(2)));
        Assert.Empty(shown.GetProperty("complaints").EnumerateArray().Select(c => c.GetString()));
        Assert.DoesNotContain("unsafe", shown.GetProperty("policy").GetString(), StringComparison.Ordinal);
        Assert.InRange(shown.GetProperty("rules").GetInt32(), 2_000, 100_000);
        Assert.NotEqual("", shown.GetProperty("background").GetString());
        Assert.Equal("grid", shown.GetProperty("isLaidOut").GetString());
    }
}
