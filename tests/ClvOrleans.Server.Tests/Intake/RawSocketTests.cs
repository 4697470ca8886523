using System.Globalization;
using System.Text;

namespace ClvOrleans.Server.Tests.Intake;

/// <summary>Requests byte by byte, as old libraries, proxies and attackers send them.</summary>
[Collection<IntakeTests>]
public sealed class RawSocketTests(IntakeServer server)
{
    private const string Page = """{"type":"page","userId":"u","writeKey":"WK"}""";

    [Fact]
    public void A_body_in_chunks_needs_no_length()
    {
        using var client = new RawClient(server.Address);
        client.Send("POST /v1/p HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
        foreach (var part in Page.Chunk(7))
        {
            client.Send($"{part.Length:x}\r\n{new string(part)}\r\n");
        }

        client.Send("0\r\n\r\n");
        Assert.Equal(200, client.Receive().Status);
    }

    [Fact]
    public void A_client_that_asks_first_is_told_to_continue()
    {
        using var client = new RawClient(server.Address);
        client.Send($"POST /v1/p HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: {Page.Length}\r\n\r\n");
        Assert.Equal(100, client.Receive().Status);
        client.Send(Page);
        Assert.Equal(200, client.Receive().Status);
    }

    [Fact]
    public void A_client_that_asks_first_is_spared_a_body_that_is_too_large()
    {
        using var client = new RawClient(server.Address);
        client.Send("POST /v1/p HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 10000000\r\n\r\n");
        var (status, _, body) = client.Receive();
        Assert.Equal(413, status);
        Assert.Contains("body_too_large", body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_body_that_is_too_large_gets_an_answer_that_can_be_read_and_the_connection_goes_on()
    {
        using var client = new RawClient(server.Address);
        client.Send("POST /v1/p HTTP/1.1\r\nHost: h\r\nContent-Length: 10000000\r\n\r\n");
        client.Send(new byte[10_000_000]);
        Assert.Equal(413, client.Receive().Status);
        client.Send(Request(Page));
        Assert.Equal(200, client.Receive().Status);
    }

    [Fact]
    public void HTTP_1_0_keeps_the_connection_where_it_is_asked_to()
    {
        using var client = new RawClient(server.Address);
        for (var i = 0; i < 2; i++)
        {
            client.Send($"POST /v1/p HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: {Page.Length}\r\n\r\n{Page}");
            Assert.Equal(200, client.Receive().Status);
        }
    }

    [Fact]
    public void Requests_that_do_not_wait_for_answers_get_them_in_order()
    {
        using var client = new RawClient(server.Address);
        client.Send(Request(Page) + Request("{") + Request(Page));
        Assert.Equal([200, 400, 200], [client.Receive().Status, client.Receive().Status, client.Receive().Status]);
    }

    [Fact]
    public async Task A_body_that_breaks_off_changes_nothing()
    {
        using (var client = new RawClient(server.Address))
        {
            client.Send(
                $"POST /v1/p HTTP/1.1\r\nHost: h\r\nContent-Length: "
                    + $"1000\r\n\r\n{Page.Replace("\"u\"", "\"breaks-off\"", StringComparison.Ordinal)}");
            client.HalfClose();
            Assert.Contains(client.Receive().Status, (int[])[0, 400]);
        }

        using var unknown = await server.Http.GetAsync("api/v1/customers/breaks-off");
        Assert.Equal(404, (int)unknown.StatusCode);
    }

    [Fact]
    public void A_slow_client_is_cut_off_and_holds_up_nobody()
    {
        using var slow = new RawClient(server.Address);
        slow.Send("POST /v1/p HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n{");
        using var other = new RawClient(server.Address);
        other.Send(Request(Page));
        Assert.Equal(200, other.Receive().Status);
        Assert.Contains(slow.Receive().Status, (int[])[0, 408]); // Within Kestrel's grace of five seconds.
    }

    [Fact]
    public void Browsers_may_send_64_KB_of_cookies()
    {
        using var client = new RawClient(server.Address);
        client.Send(
            $"POST /v1/p HTTP/1.1\r\nHost: h\r\nCookie: {new string('c', 64 * 1024)}\r\nContent-Length: {Page.Length}\r\n\r\n{Page}");
        Assert.Equal(200, client.Receive().Status);
    }

    [Fact]
    public void Content_Encoding_may_be_repeated()
    {
        using var client = new RawClient(server.Address);
        var zipped = IntakeServer.Zip(Encoding.UTF8.GetBytes(Page));
        client.Send(
            $"POST /v1/p HTTP/1.1\r\nHost: h\r\nContent-Encoding: gzip\r\nContent-Encoding: "
                + $"gzip\r\nContent-Length: {zipped.Length}\r\n\r\n");
        client.Send(zipped);
        Assert.Equal(200, client.Receive().Status);
    }

    [Fact]
    public void Double_slashes_are_one()
    {
        using var client = new RawClient(server.Address);
        client.Send(Request(Page, "//v1/p"));
        Assert.Equal(200, client.Receive().Status);
    }

    [Theory]
    [InlineData("POST /v1/p HTTP/1.1\r\n\r\n")]
    [InlineData("POST /v1/p HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("POST /v1/p HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n{}")]
    [InlineData("POST /v1/p HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    [InlineData("nonsense\r\n\r\n")]
    public void What_is_no_HTTP_is_refused_and_closed(string request)
    {
        using var client = new RawClient(server.Address);
        client.Send(request);
        Assert.InRange(client.Receive().Status, 400, 499);
    }

    [Fact]
    public async Task A_client_that_leaves_before_the_answer_is_counted_once_when_it_comes_again()
    {
        const string Order =
            """{"type":"track","event":"Order Completed","userId":"leaver","messageId":"leaver-1","properties":{"order_id":"leaver-1","revenue":5},"writeKey":"WK"}""";
        for (var i = 0; i < 5; i++)
        {
            using var client = new RawClient(server.Address);
            client.Send(Request(Order, "/v1/t"));
            if (i % 2 == 0)
            {
                client.HalfClose(); // Kestrel takes it for gone, and gives no answer.
            }
        }

        using var last = new RawClient(server.Address);
        last.Send(Request(Order, "/v1/t"));
        Assert.Equal(200, last.Receive().Status);
        Assert.Equal(5m, await server.NetAsync("leaver"));
    }

    private static string Request(string body, string path = "/v1/p") =>
        string.Create(CultureInfo.InvariantCulture, $"POST {path} HTTP/1.1\r\nHost: h\r\nContent-Length: {body.Length}\r\n\r\n{body}");
}
