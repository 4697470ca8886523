using System.Text.RegularExpressions;

namespace ClvOrleans.Server.Tests.Api;

public sealed class PageTests(ClvFixture fixture) : IClassFixture<ClvFixture>
{
    [Theory]
    [InlineData("", "text/html")]
    [InlineData("page.js", "text/javascript")]
    [InlineData("parts.js", "text/javascript")]
    [InlineData("acting.js", "text/javascript")]
    [InlineData("storefront", "text/html")]
    [InlineData("storefront.js", "text/javascript")]
    [InlineData("sign-in", "text/html")]
    [InlineData("sign-in.js", "text/javascript")]
    [InlineData("sign-out.js", "text/javascript")]
    [InlineData("page.css", "text/css")]
    [InlineData("preferences.css", "text/css")]
    public async Task The_page_needs_nothing_from_elsewhere_and_allows_no_inline_script(string path, string type)
    {
        using var reply = await fixture.Clv.Http.GetAsync(path);
        Assert.Equal(type, reply.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith(
            "default-src 'self';", Assert.Single(reply.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "//", (await reply.Content.ReadAsStringAsync()).Replace("\n//", "\n", StringComparison.Ordinal)
                .Replace(" // ", " ", StringComparison.Ordinal)[3..], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("page.js")]
    [InlineData("parts.js")]
    [InlineData("acting.js")]
    [InlineData("storefront.js")]
    [InlineData("sign-in.js")]
    [InlineData("sign-out.js")]
    public async Task The_page_writes_what_it_reads_as_text_never_as_markup(string path)
    {
        var script = await fixture.Clv.Http.GetStringAsync(path);
        Assert.DoesNotMatch("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|eval|new Function|srcdoc", script);
    }

    [Fact]
    public async Task The_documentation_loads_its_scripts_from_here()
    {
        var page = await fixture.Clv.Http.GetStringAsync("docs/");
        var sources = Regex.Matches(page, "(?:src|href)=\"(?<to>[^\"]+)\"").Select(m => m.Groups["to"].Value).ToArray();
        Assert.NotEmpty(sources);
        Assert.All(sources, s => Assert.DoesNotContain("//", s, StringComparison.Ordinal));
        foreach (var script in sources.Where(s => s.EndsWith(".js", StringComparison.Ordinal)))
        {
            using var reply = await fixture.Clv.Http.GetAsync(new Uri(new Uri(fixture.Clv.Http.BaseAddress!, "docs/"), script));
            Assert.True(reply.IsSuccessStatusCode, script);
        }
    }
}
