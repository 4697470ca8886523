using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace ClvOrleans.Server.Tests.Intake;

/// <summary>What clients, browsers and proxies do to a request.</summary>
[Collection<IntakeTests>]
public sealed class HttpTests(IntakeServer server)
{
    private static readonly string[] Encodings = ["gzip", "gzip, gzip", "GZIP", "identity", ""];

    [Theory]
    [InlineData("v1/batch")]
    [InlineData("v1/batch/")]
    [InlineData("/v1/batch")]
    [InlineData("v1//batch//")]
    [InlineData("V1/BATCH")]
    [InlineData("v1/b")]
    [InlineData("v1/import")]
    [InlineData("beacon/v1/batch")]
    [InlineData("v1/track")]
    public async Task Every_spelling_of_the_address_takes_a_batch(string path)
    {
        using var reply = await server.Http.PostAsync(
            new Uri(server.Address.ToString() + path), new StringContent("""{"batch":[{"type":"page","userId":"u"}],"writeKey":"WK"}"""));
        Assert.Equal(1, (await JsonOf(reply)).GetProperty("accepted").GetInt32());
    }

    [Theory]
    [InlineData("track", "t")]
    [InlineData("identify", "i")]
    [InlineData("page", "p")]
    [InlineData("screen", "s")]
    [InlineData("group", "g")]
    [InlineData("alias", "a")]
    public async Task Every_type_has_a_long_and_a_short_address(string type, string brief)
    {
        foreach (var path in new[] { type, brief })
        {
            using var reply = await server.PostAsync($"v1/{path}", """{"userId":"u","previousId":"u","event":"E","writeKey":"WK"}""");
            Assert.Equal(1, (await JsonOf(reply)).GetProperty("accepted").GetInt32());
        }
    }

    [Fact]
    public async Task The_clients_figures_about_themselves_are_taken()
    {
        using var reply = await server.PostAsync("v1/m", """{"series":[]}""");
        Assert.True((await JsonOf(reply)).GetProperty("success").GetBoolean());
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("PUT")]
    public async Task Other_methods_are_not_allowed_and_nothing_is_redirected(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "v1/batch");
        using var reply = await server.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, reply.StatusCode);
        Assert.Equal("POST", Assert.Single(reply.Content.Headers.Allow));
        Assert.Equal("*", Assert.Single(reply.Headers.GetValues("Access-Control-Allow-Origin")));
    }

    [Fact]
    public async Task Browsers_may_send_whatever_headers_their_client_has()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "v1/t");
        request.Headers.Add("Origin", "https://shop.example");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "x-new-header,authorization");
        using var reply = await server.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.NoContent, reply.StatusCode);
        var allowed = Assert.Single(reply.Headers.GetValues("Access-Control-Allow-Headers")).Split(", ").SelectMany(h => h.Split(','))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        Assert.Superset(
            new HashSet<string>(
                ["authorization", "content-type", "x-retry-count", "anonymousid", "sentat", "rsa-recovered", "rsa-retry-attempt",
                    "rsa-since-last-attempt", "rsa-since-first-attempt", "rsa-retry-reason", "x-new-header"],
                StringComparer.OrdinalIgnoreCase),
            allowed);
        Assert.Equal(
            TimeSpan.FromDays(1),
            TimeSpan.FromSeconds(
                int.Parse(
                    Assert.Single(reply.Headers.GetValues("Access-Control-Max-Age")), System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("""{"batch":[]}""", 400, "empty_batch")]
    [InlineData("""{"batch":[NaN]}""", 400, "invalid_json")]
    [InlineData("""{"batch":[{}],"writeKey":"nobody's"}""", 401, "invalid_write_key")]
    [InlineData("10 MB", 413, "body_too_large")]
    public async Task Errors_can_be_read_by_browsers_and_by_clients(string body, int status, string code)
    {
        using var reply = await server.PostAsync("v1/batch", body == "10 MB" ? new string('x', 10_000_000) : body);
        Assert.Equal(status, (int)reply.StatusCode);
        Assert.Equal("*", Assert.Single(reply.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Equal("Retry-After", Assert.Single(reply.Headers.GetValues("Access-Control-Expose-Headers")));
        Assert.Equal("application/problem+json", reply.Content.Headers.ContentType?.MediaType);
        var problem = await JsonOf(reply);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.NotEmpty(problem.GetProperty("message").GetString()!);
    }

    [Fact]
    public async Task Compression_is_seen_in_the_bytes_whatever_the_headers_say()
    {
        var plain = Encoding.UTF8.GetBytes("""{"batch":[{"type":"page","userId":"u"}],"writeKey":"WK"}""");
        foreach (var encoding in Encodings)
        {
            Assert.Equal(200, await PostAsync(plain, encoding));
            Assert.Equal(200, await PostAsync(IntakeServer.Zip(plain), encoding));
        }

        var twice = IntakeServer.Zip(IntakeServer.Zip(plain));
        Assert.Equal(200, await PostAsync(twice, "gzip, gzip"));
        Assert.Equal(400, await PostAsync(twice, "gzip"));
        Assert.Equal(400, await PostAsync(IntakeServer.Zip(plain)[..30], "gzip"));
        Assert.Equal(400, await PostAsync(plain, "zstd"));
        Assert.Equal(400, await PostAsync(plain, "gzip, gzip, gzip"));
        Assert.Equal(400, await PostAsync(plain, "deflate"));
        Assert.Equal(413, await PostAsync(IntakeServer.Zip(new byte[1_000_000_000]), "gzip"));
        Assert.Equal(413, await PostAsync(IntakeServer.Zip(IntakeServer.Zip(new byte[1_000_000_000])), "gzip, gzip"));
    }

    [Fact]
    public async Task Keys_come_in_four_ways_and_must_agree()
    {
        const string WithKey = """{"type":"page","userId":"u","writeKey":"WK"}""";
        const string Without = """{"type":"page","userId":"u"}""";
        Assert.Equal(200, await StatusAsync(WithKey));
        Assert.Equal(200, await StatusAsync(Without, Basic("WK:")));
        Assert.Equal(200, await StatusAsync(Without, Basic("WK")));
        Assert.Equal(200, await StatusAsync(Without, Basic("WK:").Replace("Basic", "bAsIc", StringComparison.Ordinal)));
        Assert.Equal(200, await StatusAsync(Without, Basic("sch\u00fcssel-\u9375:")));
        Assert.Equal(200, await StatusAsync(WithKey, Basic("WK:")));
        Assert.Equal(200, await StatusAsync(WithKey, "Bearer anything"));
        Assert.Equal(200, await StatusAsync(WithKey, Basic(":")));
        Assert.Equal(200, await StatusAsync(Without, query: "?writeKey=WK"));
        Assert.Equal(401, await StatusAsync(Without));
        Assert.Equal(401, await StatusAsync(Without, "Bearer WK"));
        Assert.Equal(401, await StatusAsync(Without, Basic("wk:")));
        Assert.Equal(401, await StatusAsync(Without, Basic("WK\u0000:")));
        Assert.Equal(401, await StatusAsync(WithKey, Basic("WK_B:")));
        Assert.Equal(401, await StatusAsync(WithKey, "Basic not-base64!"));
        Assert.Equal(401, await StatusAsync(WithKey, query: "?writeKey=WK_B"));
    }

    [Fact]
    public async Task Browser_clients_find_their_settings_and_a_wrong_key_is_told_there()
    {
        var segment = await server.GetAsync("v1/projects/WK_B/settings");
        var io = segment.GetProperty("integrations").GetProperty("Segment.io");
        Assert.Equal(
            ("WK_B", $"{server.Address.Authority}/v1", "http"),
            (io.GetProperty("apiKey").GetString(), io.GetProperty("apiHost").GetString(), io.GetProperty("protocol").GetString()));
        Assert.Equal(0, segment.GetProperty("metrics").GetProperty("sampleRate").GetInt32());
        Assert.Equal(
            "WK_R", (await server.GetAsync("sourceConfig/?writeKey=WK_R")).GetProperty("source").GetProperty("writeKey").GetString());
        using var wrong = await server.Http.GetAsync("v1/projects/nobodys/settings");
        using var wrongToo = await server.Http.GetAsync("sourceConfig/?writeKey=nobodys");
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Unauthorized), (wrong.StatusCode, wrongToo.StatusCode));
    }

    [Fact]
    public async Task The_API_document_shows_what_to_send()
    {
        var track = (await server.GetAsync("openapi/v1.json")).GetProperty("paths").GetProperty("/v1/track").GetProperty("post");
        Assert.Equal("Tracking", track.GetProperty("tags")[0].GetString());
        var example = track.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("example");
        Assert.Equal("Order Completed", example.GetProperty("event").GetString());
        Assert.True(track.GetProperty("responses").TryGetProperty("429", out _));
    }

    private static string Basic(string credentials) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials));

    private static async Task<JsonElement> JsonOf(HttpResponseMessage reply)
    {
        using var document = JsonDocument.Parse(await reply.Content.ReadAsByteArrayAsync());
        return document.RootElement.Clone();
    }

    private async Task<int> StatusAsync(string body, string? authorization = null, string query = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "beacon/v1/batch" + query) { Content = new StringContent(body) };
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        using var reply = await server.Http.SendAsync(request);
        return (int)reply.StatusCode;
    }

    private async Task<int> PostAsync(byte[] body, string encoding)
    {
        using var content = new ByteArrayContent(body)
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded") },
        };
        content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        using var reply = await server.Http.PostAsync("v1/batch", content);
        return (int)reply.StatusCode;
    }
}
