using System.Net;
using System.Text;
using ClvOrleans.Server.Tests.Access;
using ClvOrleans.Server.Tests.Intake;

namespace ClvOrleans.Server.Tests.Scan;

/// <summary>Requests that are made to be understood differently by a proxy and by the service, or to cost it much.</summary>
public sealed class RequestScanTests(KeyFixture fixture) : IClassFixture<KeyFixture>
{
    private const string Hidden = "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n";

    [Theory]
    [InlineData("Content-Length: 4\r\nContent-Length: 40")]
    [InlineData("Content-Length: 4, 40")]
    [InlineData("Content-Length: 0x4")]
    [InlineData("Content-Length: -1")]
    [InlineData("Transfer-Encoding: xchunked")]
    [InlineData("Transfer-Encoding: chunked, identity")]
    [InlineData("Transfer-Encoding : chunked")]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: x")]
    [InlineData("Transfer-Encoding:\u000bchunked")]
    [InlineData("Content-Length: 4\r\nTransfer-Encoding: chunked")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 4")]
    public void A_body_whose_end_can_be_read_in_two_ways_is_refused_and_nothing_behind_it_is_a_request(string headers)
    {
        using var raw = new RawClient(fixture.Address);
        raw.Send($"POST /v1/batch HTTP/1.1\r\nHost: {fixture.Address.Authority}\r\n{headers}\r\n\r\n0\r\n\r\n{Hidden}");
        Assert.Equal(400, raw.Receive().Status);
        Assert.Equal(0, raw.Receive().Status); // Closed, without an answer to what was hidden.
    }

    [Theory]
    [InlineData("GET /api/v1/keys HTTP/1.1\r\n\r\n")]
    [InlineData("GET /api/v1/keys HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")]
    [InlineData("GET http://evil.example/api/v1/keys HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("GET /api/v1/keys HTTP/1.1\r\nHost: a b\r\n\r\n")]
    [InlineData("GET /api/v1/keys HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer x\r\n y\r\n\r\n")]
    [InlineData("GET /api/v1/keys\r\n HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("GET /api/v1/\u0000keys HTTP/1.1\r\nHost: a\r\n\r\n")]
    public void A_head_that_is_not_one_is_refused(string head)
    {
        using var raw = new RawClient(fixture.Address);
        raw.Send(head);
        Assert.Equal(400, raw.Receive().Status);
    }

    [Fact]
    public void Heads_have_a_size_and_those_beyond_it_are_refused()
    {
        var many = string.Concat(Enumerable.Range(0, 5_000).Select(i => $"X-{i}: y\r\n"));
        foreach (var (head, status) in ((string, int)[])[
            ($"GET /api/v1/keys HTTP/1.1\r\nHost: a\r\nX: {new string('x', 1_000_000)}\r\n\r\n", 431),
            ($"GET /api/v1/keys HTTP/1.1\r\nHost: a\r\n{many}\r\n", 431),
            ($"GET /api/v1/keys?{new string('x', 1_000_000)} HTTP/1.1\r\nHost: a\r\n\r\n", 414),
        ])
        {
            using var raw = new RawClient(fixture.Address);
            try
            {
                raw.Send(head);
            }
            catch (IOException)
            {
                // It was refused before it was there.
            }

            Assert.Contains(raw.Receive().Status, (int[])[status, 0]);
        }
    }

    [Theory]
    [InlineData("POST", "api/v1/keys")]
    [InlineData("PUT", "api/v1/own-segments/x")]
    [InlineData("POST", "api/v1/lists/x/customers")]
    [InlineData("PUT", "api/v1/policies/x")]
    public async Task A_body_that_is_too_large_is_refused_by_every_address(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = new ByteArrayContent(new byte[5 * 1024 * 1024]);
        using var reply = await fixture.Clv.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, reply.StatusCode);
    }

    [Theory]
    [InlineData("TRACE")]
    [InlineData("CONNECT")]
    [InlineData("DEBUG")]
    [InlineData("PROPFIND")]
    [InlineData("GETS")]
    [InlineData("PATCH")]
    public void A_method_that_an_address_does_not_have_opens_nothing_and_gives_nothing_back(string method)
    {
        foreach (var key in (string[])["", OwnerKey.Find(fixture.Folder)!])
        {
            using var raw = new RawClient(fixture.Address);
            raw.Send($"{method} /api/v1/keys HTTP/1.1\r\nHost: {fixture.Address.Authority}\r\nX-Mark: hush\r\nConnection: close\r\n"
                + $"Authorization: Bearer {key}\r\nContent-Length: 0\r\n\r\n");
            var (status, _, body) = raw.Receive();
            Assert.True(status is 400 or 401 or 405 or 501, $"{status} {body}");
            Assert.DoesNotContain("hush", body, StringComparison.Ordinal);
            Assert.DoesNotContain("clv_", body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_header_or_a_query_makes_no_other_method_of_a_request()
    {
        var (id, key) = await fixture.MakeAsync("read");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/v1/keys/{id}?_method=DELETE");
        foreach (var name in (string[])["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"])
        {
            request.Headers.Add(name, "DELETE");
        }

        using var reply = await fixture.Clv.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, reply.StatusCode);
        using var http = fixture.With(key);
        using var asked = await http.GetAsync("api/v1/segments");
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
    }

    [Theory]
    [InlineData("api/v1/keys")]
    [InlineData("api/v1/audit")]
    public async Task Whoever_may_not_read_something_may_not_ask_for_its_head(string path)
    {
        using var http = fixture.With((await fixture.MakeAsync("read")).Key);
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        using var reply = await http.SendAsync(request);
        Assert.Contains(reply.StatusCode, (HttpStatusCode[])[HttpStatusCode.Forbidden, HttpStatusCode.MethodNotAllowed]);
    }

    [Fact]
    public async Task A_key_in_the_query_or_the_body_is_no_key()
    {
        var key = OwnerKey.Find(fixture.Folder)!;
        using var http = fixture.Anybody();
        foreach (var name in (string[])["key", "access_token", "token", "authorization"])
        {
            using var asked = await http.GetAsync($"api/v1/segments?{name}={key}");
            Assert.Equal(HttpStatusCode.Unauthorized, asked.StatusCode);
            using var form = new StringContent($"{name}={key}", Encoding.UTF8, "application/x-www-form-urlencoded");
            using var posted = await http.PostAsync("api/v1/keys", form);
            Assert.Equal(HttpStatusCode.Unauthorized, posted.StatusCode);
        }
    }
}
