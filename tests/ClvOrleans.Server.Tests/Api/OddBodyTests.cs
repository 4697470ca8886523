using System.Net;
using System.Text;
using System.Text.Json;

namespace ClvOrleans.Server.Tests.Api;

/// <summary>
/// Odd JSON, as the JSONTestSuite has it, and odd query texts at every address that the API document names: whatever is sent, it is the
/// sender's error or none, never the service's, and no text of the framework comes back.
/// </summary>
public sealed class OddBodyTests(ClvFixture fixture) : IClassFixture<ClvFixture>
{
    private static readonly string[] Texts =
    [
        "", " ", "null", "true", "0", "-", "1e9999", "1E+400", "NaN", "\"", "\"\\", "\"\\u", "\"\\ud800\"", "\"\\udc00\\ud800\"",
        "\"\\u0000\"", "[", "]", "{",
        "[[]", "{\"a\"", "{\"a\":", "{\"a\":1,}", "{\"a\":1 \"b\":2}", "{1:1}", "{\"\":0}", "[,]", "[1,]", "[\"a\"b]", "// x", "/**/{}",
        "\uFEFF{}", "{}x",
        """{"\ud800":1}""", """{"id":"\udfff"}""",
        """[{"id":"a","kind":"Season","from":"2026-01-01","to":"2026-01-02","category":"\ud83d"}]""",
        """{"batch":[{"\ud800":1,"type":"page","userId":"\ud800"}]}""", """{"batch":[[],{},3,"x",null,{"type":["track"]}]}""",
        """{"batch":[{"type":"track","event":"Order Completed","userId":"u","properties":{"order_id":"o","revenue":1e400}}]}""",
        """{"writeKey":"\ud800","batch":[{}]}""", """{"a":1,"a":{"a":[{"a":null}]}}""",
    ];

    private static readonly string[] QueryTexts = [
        "", "%00", "%ED%A0%80", "%FF", "%F0%9F%98%80", "'", "-1", "1e9", "NaN", "2026-02-30", "9999999999999999999999", "%E2%80%AE"
    ];

    private static readonly string[] OfTheFramework =
        ["System.", "Microsoft.", "Exception", "   at ", "Parameter '", "LineNumber", "BytePosition", "was not provided"];

    // What is long, stops the service or begins a job.
    private static readonly string[] Left = [
        "/api/v1/models/train", "/api/v1/models/{id}/backtest", "/api/v1/models/{id}/drift", "/api/v1/models/rollback", "/v1/m"
    ];

    public static TheoryData<string> Methods => ["get", "post", "delete"];

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Nothing_odd_is_an_error_of_the_service(string method)
    {
        var wrong = new List<string>();
        foreach (var path in await PathsAsync(method))
        {
            foreach (var body in method == "post" ? Bodies() : [[]])
            {
                await CheckAsync(new HttpMethod(method), path.Replace("{id}", "odd", StringComparison.Ordinal), body, wrong);
            }

            foreach (var text in QueryTexts)
            {
                var names = path.Contains("dead-letters", StringComparison.Ordinal)
                    ? "code,source,since,open,cursor,limit"
                    : "horizon,asOf,model,events,limit,cursor,segment,sort,minValue,writeKey";
                var query = string.Join('&', names.Split(',').Select(n => $"{n}={text}"));
                await CheckAsync(
                    new HttpMethod(method), $"{path.Replace("{id}", text.Length == 0 ? "odd" : text, StringComparison.Ordinal)}?{query}",
                    "{}"u8.ToArray(), wrong);
            }
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("""{"\ud800":1}""", "A name of a member is not valid Unicode.")]
    [InlineData("""[{"id":"a"},{"id":"\udc00"}]""", "[1].id is not valid Unicode.")]
    [InlineData("""[{"id":"a","x":{"y":[0,"\ud800x"]}}]""", "[0].x.y[1] is not valid Unicode.")]
    public async Task Half_a_surrogate_pair_is_named_with_its_place(string body, string message) =>
        Assert.Equal(message, await fixture.RefusedAsync(400, "invalid_entry", "api/v1/market", HttpMethod.Post, body));

    private static IEnumerable<byte[]> Bodies() =>
    [
        .. Texts.Select(Encoding.UTF8.GetBytes), [0xFF], [0xC0, 0x80], [.. "[\""u8, 0xED, 0xA0, 0x80, .. "\"]"u8],
        [.. "{\"id\":\""u8, 0xFC, .. "\"}"u8], [0x1F, 0x8B],
        [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3], Encoding.Unicode.GetBytes("{}"), Encoding.UTF8.GetBytes(new string('[', 100_000)),
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 5_000))),
    ];

    private async Task CheckAsync(HttpMethod method, string path, byte[] body, List<string> wrong)
    {
        using var request = new HttpRequestMessage(method, path.TrimStart('/'));
        if (method == HttpMethod.Post)
        {
            request.Content = new ByteArrayContent(body);
            request.Headers.TryAddWithoutValidation("Authorization", "Basic V0s6");
        }

        using var reply = await fixture.Clv.Http.SendAsync(request);
        var text = await reply.Content.ReadAsStringAsync();
        var isFramework = OfTheFramework.Any(w => text.Contains(w, StringComparison.Ordinal));
        if (reply.StatusCode >= HttpStatusCode.InternalServerError || ((int)reply.StatusCode >= 400 && isFramework))
        {
            wrong.Add($"{method} {path} {Encoding.UTF8.GetString(body)[..Math.Min(60, body.Length)]}: {(int)reply.StatusCode} {text}");
        }
    }

    private async Task<string[]> PathsAsync(string method)
    {
        var paths = (await fixture.GetAsync("openapi/v1.json")).GetProperty("paths");
        return [.. paths.EnumerateObject().Where(p => p.Value.TryGetProperty(method, out _) && !Left.Contains(p.Name)).Select(p => p.Name)];
    }
}
