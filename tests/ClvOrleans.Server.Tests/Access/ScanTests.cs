using System.Net;
using System.Net.Http.Json;

namespace ClvOrleans.Server.Tests.Access;

/// <summary>What attackers try first, on the running service: OWASP's kinds, by hand.</summary>
public sealed class ScanTests(KeyFixture fixture) : IClassFixture<KeyFixture>
{
    private static readonly string[] Topics = ["decisions"];

    public static TheoryData<string> Hostile =>
    [
        "' OR '1'='1", "'; DROP TABLE customers; --", "\" OR 1=1 --", "%27%20UNION%20SELECT%20*%20FROM%20credentials--", "${7*7}",
        "{{7*7}}", "<script>alert(1)</script>", "../../../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", "..\\..\\windows\\win.ini",
        "%00", "%0d%0aSet-Cookie:%20a=b", "$(id)", "`id`", "|id", "file:///etc/passwd", "\ud83d\ude00", new string('a', 300),
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Hostile_text_in_an_address_or_a_query_is_text_and_nothing_more(string text)
    {
        var id = Uri.EscapeDataString(text);
        string[] paths =
        [
            $"api/v1/customers/{id}", $"api/v1/customers/{id}/clv", $"api/v1/customers?segment={id}", $"api/v1/customers?sort={id}",
            $"api/v1/customers?cursor={id}", $"api/v1/segments/{id}", $"api/v1/policies/{id}", $"api/v1/models/{id}",
            $"api/v1/jobs/{id}", $"api/v1/deliveries?state={id}", $"api/v1/dead-letters?code={id}&source={id}", $"api/v1/keys?x={id}",
            $"api/v1/audiences/{id}", $"api/v1/own-segments/{id}", $"api/v1/lists?list={id}", $"unsubscribe/{id}", $"preferences/{id}",
            $"v1/projects/{id}/settings", $"sourceConfig?writeKey={id}", $"{id}", $"docs/{id}", $"openapi/{id}.json",
        ];
        foreach (var path in paths)
        {
            using var reply = await fixture.Clv.Http.GetAsync(new Uri(fixture.Address, path));
            var body = await reply.Content.ReadAsStringAsync();
            Assert.True((int)reply.StatusCode is 200 or 400 or 401 or 404 or 409, $"{path}: {(int)reply.StatusCode} {body}");
            Assert.DoesNotContain("root:", body, StringComparison.Ordinal);
            Assert.DoesNotContain("SQLite", body, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("   at ClvOrleans", body, StringComparison.Ordinal);
            Assert.DoesNotContain("clv_", body, StringComparison.Ordinal);
            Assert.False(reply.Headers.Contains("Set-Cookie"));
        }
    }

    [Theory]
    [InlineData("/../../etc/passwd")]
    [InlineData("/..%2f..%2fowner.key")]
    [InlineData("/page.js/../../owner.key")]
    [InlineData("/%2e%2e/owner.key")]
    [InlineData("/docs/../owner.key")]
    [InlineData("/docs/%2e%2e%2fowner.key")]
    [InlineData("//etc/passwd")]
    [InlineData("/owner.key")]
    [InlineData("/store.json")]
    [InlineData("/clv.db")]
    public void No_path_leads_to_a_file(string path)
    {
        using var raw = new Intake.RawClient(fixture.Address);
        raw.Send($"GET {path} HTTP/1.1\r\nHost: {fixture.Address.Authority}\r\n"
            + $"Authorization: Bearer {OwnerKey.Find(fixture.Folder)}\r\nConnection: close\r\n\r\n");
        var (status, _, body) = raw.Receive();
        Assert.Contains(status, (int[])[200, 400, 404]); // 200 is the page of the API, which takes any name for a document's.
        Assert.Equal(status == 200, body.Contains("<title>ClvOrleans API</title>", StringComparison.Ordinal));
        Assert.DoesNotContain("Bearer clv_", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("/sign-in?to=https://evil.example")]
    [InlineData("/?returnUrl=https://evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("/docs?url=https://evil.example")]
    public void Nothing_is_redirected_to_another_site(string path)
    {
        using var raw = new Intake.RawClient(fixture.Address);
        raw.Send($"GET {path} HTTP/1.1\r\nHost: {fixture.Address.Authority}\r\nConnection: close\r\n\r\n");
        var (_, head, _) = raw.Receive();
        Assert.DoesNotContain("evil.example", head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_say_what_browsers_and_caches_may_do_with_them()
    {
        await fixture.Clv.SendAsync(Tracked.Order("zoe", "1", 10m));
        foreach (var path in (string[])["api/v1/customers", "api/v1/customers/zoe/clv", "api/v1/keys", "api/v1/nothing", "api/v1/segments?x=1"])
        {
            using var reply = await fixture.Clv.Http.GetAsync(new Uri(fixture.Address, path));
            Assert.Contains("no-store", reply.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
            Assert.Equal(
                ("nosniff", "DENY", "no-referrer", "default-src 'none'; frame-ancestors 'none'"),
                (Header(reply, "X-Content-Type-Options"), Header(reply, "X-Frame-Options"), Header(reply, "Referrer-Policy"),
                    Header(reply, "Content-Security-Policy")));
            Assert.False(reply.Headers.Contains("Access-Control-Allow-Origin"));
            Assert.False(reply.Headers.Contains("Server"));
            Assert.False(reply.Headers.Contains("Strict-Transport-Security")); // It has no TLS.
        }

        foreach (var path in (string[])["", "storefront", "sign-in", "docs/", "preferences/x"])
        {
            using var reply = await fixture.Clv.Http.GetAsync(new Uri(fixture.Address, path));
            var policy = Header(reply, "Content-Security-Policy");
            Assert.StartsWith("default-src 'self';", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            var html = await reply.Content.ReadAsStringAsync();
            Assert.DoesNotMatch("<[^>]+ style=|<style|<[^>]+ on[a-z]+=|<script(?![^>]*(src|nonce)=)", html);
        }
    }

    [Theory]
    [InlineData("GET", "api/v1/segments")]
    [InlineData("POST", "api/v1/keys")]
    public async Task Another_origin_is_allowed_nothing_of_the_api(string method, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, path);
        request.Headers.Add("Origin", "https://evil.example");
        request.Headers.Add("Access-Control-Request-Method", method);
        request.Headers.Add("Access-Control-Request-Headers", "authorization");
        using var http = fixture.Anybody();
        using var reply = await http.SendAsync(request);
        Assert.False(reply.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Equal(HttpStatusCode.Unauthorized, reply.StatusCode);
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("X-Forwarded-Host", "evil.example")]
    [InlineData("X-Original-URL", "/api/v1/keys")]
    [InlineData("X-Rewrite-URL", "/api/v1/keys")]
    [InlineData("X-HTTP-Method-Override", "DELETE")]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    public async Task A_header_of_a_proxy_opens_nothing(string name, string value)
    {
        using var http = fixture.Anybody();
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/segments");
        request.Headers.TryAddWithoutValidation(name, value);
        using var reply = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, reply.StatusCode);
        Assert.DoesNotContain("evil.example", await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("bearer x")]
    [InlineData("Bearer clv_admin__")]
    [InlineData("Bearer clv_admin_0123456789abcdef_")]
    [InlineData("Basic d2tfbG9jYWw6")]
    [InlineData("Digest username=\"owner\"")]
    public async Task A_broken_header_proves_nothing_though_a_valid_cookie_lies_beside_it(string authorization)
    {
        using var http = await fixture.SignInAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/segments");
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var reply = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, reply.StatusCode);
    }

    [Fact]
    public async Task Webhooks_of_policies_and_subscriptions_reach_no_private_address()
    {
        foreach (var url in (string[])[
            "http://127.0.0.1:1/", "https://169.254.169.254/latest/meta-data", "https://[::1]/", "https://10.0.0.1/", "file:///etc/passwd",
            "https://0x7f.1/", "gopher://x/"
        ])
        {
            using var reply = await fixture.Clv.Http.PutAsJsonAsync("api/v1/subscriptions/x", new { url, topics = Topics });
            Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        }
    }

    private static string Header(HttpResponseMessage reply, string name) => reply.Headers.GetValues(name).Single();
}
