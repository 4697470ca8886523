using System.IO.Compression;
using System.Net;
using System.Text;

namespace ClvOrleans.Server.Tests.Clients;

/// <summary>
/// What a page of another origin may see. A browser hides an answer without these headers, and its client takes it for a dead line.
/// </summary>
public sealed class TrackingCorsTests
{
    private const string Page = """[{"type":"page","anonymousId":"a1"}]""";

    [Fact]
    public async Task A_page_may_read_every_answer_and_how_long_to_wait()
    {
        await using var clv = await ClvInProcess.ServeAsync(ClvProcess.NewFolder());
        (HttpStatusCode Status, string Body)[] cases =
        [
            (HttpStatusCode.OK, $$"""{"writeKey":"WK","batch":{{Page}}}"""),
            (HttpStatusCode.BadRequest, "no JSON"),
            (HttpStatusCode.Unauthorized, $$"""{"writeKey":"other","batch":{{Page}}}"""),
            (HttpStatusCode.RequestEntityTooLarge, new string(' ', 5_000_000)),
        ];
        foreach (var (status, body) in cases)
        {
            using var reply = await clv.Http.PostAsync("v1/batch", Packed(body));
            Assert.Equal(status, reply.StatusCode);
            Assert.Equal("*", Assert.Single(reply.Headers.GetValues("Access-Control-Allow-Origin")));
            Assert.Equal("Retry-After", Assert.Single(reply.Headers.GetValues("Access-Control-Expose-Headers")));
        }
    }

    [Fact]
    public async Task What_is_read_under_api_is_for_no_other_origin()
    {
        await using var clv = await ClvInProcess.ServeAsync(ClvProcess.NewFolder());
        using var reply = await clv.Http.GetAsync("api/v1/segments");
        Assert.False(reply.Headers.Contains("Access-Control-Allow-Origin"));
    }

    private static ByteArrayContent Packed(string body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(body));
        }

        return new ByteArrayContent(packed.ToArray()) { Headers = { ContentEncoding = { "gzip" } } };
    }
}
