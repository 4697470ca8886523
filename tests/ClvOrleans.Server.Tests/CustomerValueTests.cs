using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using static ClvOrleans.Tests.Tracked;

namespace ClvOrleans.Server.Tests;

/// <summary>Events in, value out, through the real executable.</summary>
public sealed class CustomerValueTests
{
    [Fact]
    public async Task A_refund_under_any_user_id_is_charged_to_the_owner_of_the_order_even_if_it_comes_first()
    {
        await using var clv = await ClvInProcess.ServeAsync(ClvProcess.NewFolder());
        await clv.SendAsync(Track("clerk", "Order Refunded", new { order_id = "1", total = 10 }));
        await clv.SendAsync(Order("anna", "1", 25m), Order("anna", "2", 5m));
        await clv.SendAsync(Track("clerk", "Order Refunded", new { order_id = "2" }));
        Assert.Equal(15m, Net(await clv.ClvAsync("anna")));
        using var clerk = await clv.Http.GetAsync("api/v1/customers/clerk/clv");
        Assert.Equal(HttpStatusCode.NotFound, clerk.StatusCode);
    }

    [Fact]
    public async Task A_visitors_history_moves_to_the_customer_and_late_events_follow()
    {
        await using var clv = await ClvInProcess.ServeAsync(ClvProcess.NewFolder());
        await clv.SendAsync(new { type = "page", anonymousId = "a1", messageId = "p1" });
        await clv.SendAsync(new { type = "identify", userId = "bea", anonymousId = "a1", messageId = "i1" });
        await clv.SendAsync(
            new { type = "page", anonymousId = "a1", messageId = "p2" }, new { type = "page", anonymousId = "a1", messageId = "p1" });
        var bea = await clv.Http.GetStringAsync("api/v1/customers/bea");
        using var profile = JsonDocument.Parse(bea);
        Assert.Equal(3, profile.RootElement.GetProperty("revision").GetInt32());
        Assert.Equal(2, profile.RootElement.GetProperty("features").GetProperty("counts").GetProperty("PageViewed").GetInt32());
    }

    [Fact]
    public async Task Crossing_aliases_end_in_one_person()
    {
        await using var clv = await ClvInProcess.ServeAsync(ClvProcess.NewFolder());
        await clv.SendAsync(Order("x", "1", 10m), Order("y", "2", 20m));
        await Task.WhenAll(
            clv.SendAsync(new { type = "alias", userId = "x", previousId = "y" }),
            clv.SendAsync(new { type = "alias", userId = "y", previousId = "x" }));
        Assert.Equal((30m, 30m), (Net(await clv.ClvAsync("x")), Net(await clv.ClvAsync("y"))));
    }

    [Fact]
    public async Task Ids_that_look_like_numbers_are_different_customers_after_a_restart()
    {
        string[] ids = [
            "020235", "20235", "1a", "1A", "a+b", "a/b", "it's", "İstanbul", "11111111-2222-3333-4444-555555555555",
            "111111112222333344445555555555555"
        ];
        var folder = ClvProcess.NewFolder();
        await using (var first = await ClvInProcess.ServeAsync(folder))
        {
            for (var i = 0; i < ids.Length; i++)
            {
                var id = ids[i];
                await first.SendAsync([.. Enumerable.Range(0, i + 1).Select(n => Order(id, $"{id}:{n}", 1m))]);
            }
        }

        await using var second = await ClvInProcess.ServeAsync(folder);
        for (var i = 0; i < ids.Length; i++)
        {
            Assert.Equal(i + 1, Net(await second.ClvAsync(ids[i])));
        }
    }

    [Fact]
    public async Task One_bad_event_is_named_and_kept_and_the_others_count()
    {
        await using var clv = await ClvInProcess.ServeAsync(ClvProcess.NewFolder());
        var reply = await clv.SendAsync(Order("cara", "1", 5m), Order("cara", "2", -5m), new { type = "track", @event = "x" });
        Assert.Equal(1, reply.GetProperty("accepted").GetInt32());
        Assert.Equal(
            ["invalid_money", "missing_user_id"],
            reply.GetProperty("quarantined").EnumerateArray().Select(q => q.GetProperty("code").GetString()));
        using var letters = JsonDocument.Parse(await clv.Http.GetStringAsync("api/v1/dead-letters"));
        Assert.Equal(2, letters.RootElement.GetProperty("letters").GetArrayLength());
    }

    [Theory]
    [InlineData("gzip", "application/x-www-form-urlencoded", 200)]
    [InlineData("broken", "application/json", 400)]
    [InlineData("bomb", "application/json", 413)]
    [InlineData("wrong-key", "text/plain", 401)]
    [InlineData("not-json", "text/plain", 400)]
    public async Task Bodies_are_read_whatever_their_type_and_unreadable_ones_are_refused(string body, string type, int status)
    {
        await using var clv = await ClvInProcess.ServeAsync(ClvProcess.NewFolder());
        var good = Encoding.UTF8.GetBytes("""{"batch":[{"type":"page","userId":"u"}],"writeKey":"WK"}""");
        var bytes = body switch
        {
            "gzip" => Zip(good),
            "broken" => Zip(good)[..20],
            "bomb" => Zip(new byte[20_000_000]),
            "wrong-key" => Encoding.UTF8.GetBytes("""{"batch":[{"type":"page","userId":"u"}],"writeKey":"other"}"""),
            _ => Encoding.UTF8.GetBytes("""{"batch":[NaN]}"""),
        };
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        if (body is "gzip" or "broken" or "bomb")
        {
            content.Headers.ContentEncoding.Add("gzip");
        }

        using var reply = await clv.Http.PostAsync("v1/batch", content);
        Assert.Equal(status, (int)reply.StatusCode);
    }

    [Fact]
    public async Task Segments_add_up_to_the_customers()
    {
        await using var clv = await ClvInProcess.ServeAsync(ClvProcess.NewFolder());
        await clv.SendAsync([.. Enumerable.Range(0, 300).Select(i => Order($"s{i % 100}", $"o{i}", i))]);
        using var report = JsonDocument.Parse(await clv.Http.GetStringAsync("api/v1/segments"));
        var rows = report.RootElement.GetProperty("segments").EnumerateArray().ToArray();
        Assert.Equal(100, rows.Sum(r => r.GetProperty("customers").GetInt32()));
        Assert.Equal(300m * 299 / 2, rows.Sum(r => r.GetProperty("historicValue").GetDecimal()));
    }

    private static decimal Net(JsonElement clv) => clv.GetProperty("historic").GetProperty("net").GetDecimal();

    private static byte[] Zip(byte[] bytes)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Fastest))
        {
            zip.Write(bytes);
        }

        return zipped.ToArray();
    }
}
