using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace ClvOrleans.Server.Tests.Access;

/// <summary>People come in by a link or a key, are told from other sites' pages, and go out.</summary>
public sealed class SignInTests(KeyFixture fixture) : IClassFixture<KeyFixture>
{
    [Fact]
    public async Task A_link_opens_once_for_whoever_is_first()
    {
        var secret = (await fixture.Clv.LinkAsync()).Split('#')[1];
        using var http = fixture.Anybody();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            using var reply = await fixture.SignInAsync(http, secret);
            return reply.StatusCode;
        }));
        Assert.Single(answers, HttpStatusCode.NoContent);
        Assert.Equal(7, answers.Count(a => a == HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task The_cookie_is_no_scripts_no_other_sites_and_no_other_ports_and_the_session_ends_when_asked()
    {
        using var http = fixture.Anybody();
        using var reply = await fixture.SignInAsync(http, OwnerKey.Find(fixture.Folder)!);
        var cookie = reply.Headers.GetValues("Set-Cookie").Single();
        Assert.StartsWith($"clv-session-{fixture.Address.Port}=clv_session_", cookie, StringComparison.Ordinal);
        Assert.All(["httponly", "samesite=lax", "path=/"], part => Assert.Contains(part, cookie, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("domain", cookie, StringComparison.OrdinalIgnoreCase);

        using var signedIn = await fixture.SignInAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(signedIn, HttpMethod.Get, "api/v1/segments"));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(signedIn, HttpMethod.Post, "sign-out"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(signedIn, HttpMethod.Get, "api/v1/segments"));
    }

    [Fact]
    public async Task A_session_is_ended_by_an_admin_and_with_the_key_that_opened_it()
    {
        var (id, key) = await fixture.MakeAsync("read", "an intern");
        using var http = fixture.Anybody();
        foreach (var path in (Func<string, string>[])[session => $"api/v1/sessions/{session}", _ => $"api/v1/keys/{id}"])
        {
            using var reply = await fixture.SignInAsync(http, key);
            using var signedIn = fixture.Anybody();
            signedIn.DefaultRequestHeaders.Add("Cookie", KeyFixture.CookieOf(reply));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(signedIn, HttpMethod.Get, "api/v1/segments"));
            Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(signedIn, HttpMethod.Get, "api/v1/keys"));
            var sessions = (await fixture.Clv.Http.GetFromJsonAsync<JsonElement>("api/v1/sessions")).GetProperty("keys");
            var session = sessions.EnumerateArray().Last(s => s.GetProperty("name").GetString() == "an intern");
            using var ended = await fixture.Clv.Http.DeleteAsync(path(session.GetProperty("id").GetString()!));
            Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(signedIn, HttpMethod.Get, "api/v1/segments"));
        }
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData("X-Nothing", "said")]
    public async Task A_session_changes_nothing_for_the_page_of_another_site(string header, string value)
    {
        using var http = await fixture.SignInAsync();
        http.DefaultRequestHeaders.Remove("Origin");
        http.DefaultRequestHeaders.Add(header, value);
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(http, HttpMethod.Post, "api/v1/keys"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(http, HttpMethod.Post, "sign-out"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, HttpMethod.Get, "api/v1/segments"));
        using var signIn = await http.PostAsJsonAsync("sign-in", new { credential = OwnerKey.Find(fixture.Folder) });
        Assert.Equal(HttpStatusCode.Forbidden, signIn.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("WK")]
    [InlineData("clv_link_0123456789abcdef_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("' OR 1=1 --")]
    public async Task What_is_no_link_and_no_key_of_a_person_signs_nobody_in(string credential)
    {
        using var http = fixture.Anybody();
        using var reply = await fixture.SignInAsync(http, credential);
        Assert.Equal(HttpStatusCode.Unauthorized, reply.StatusCode);
        Assert.False(reply.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Write_keys_links_and_sessions_are_no_keys_and_keys_are_no_sessions()
    {
        using var http = fixture.Anybody();
        using var write = await fixture.SignInAsync(http, (await fixture.MakeAsync("write")).Key);
        Assert.Equal(HttpStatusCode.Unauthorized, write.StatusCode);
        using var session = await fixture.SignInAsync(http, OwnerKey.Find(fixture.Folder)!);
        foreach (var text in (string[])[(await fixture.Clv.LinkAsync()).Split('#')[1], KeyFixture.CookieOf(session).Split('=')[1]])
        {
            using var asKey = fixture.With(text);
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(asKey, HttpMethod.Get, "api/v1/segments"));
        }

        using var cookie = fixture.Anybody();
        cookie.DefaultRequestHeaders.Add("Cookie", $"clv-session-{fixture.Address.Port}={OwnerKey.Find(fixture.Folder)}");
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(cookie, HttpMethod.Get, "api/v1/segments"));
    }

    [Fact]
    public async Task A_browser_that_is_not_signed_in_sees_where_to_at_the_address_that_it_asked_for()
    {
        using var http = fixture.Anybody();
        http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        foreach (var path in (string[])["", "storefront", "docs/", "sign-in"])
        {
            using var reply = await http.GetAsync(new Uri(fixture.Address, path));
            Assert.Equal(path == "sign-in" ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, reply.StatusCode);
            Assert.Contains("<h1>Sign in</h1>", await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Null(reply.Headers.Location);
        }

        using var program = await http.GetAsync(new Uri(fixture.Address, "api/v1/segments"));
        Assert.Equal("application/problem+json", program.Content.Headers.ContentType?.MediaType);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        using var reply = await http.SendAsync(request);
        return reply.StatusCode;
    }
}
