using System.IO.Compression;
using ClvOrleans.Intake.Tracking;
using ClvOrleans.Server.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Server.Tests.Intake;

/// <summary>What bodies may cost, whoever sends them.</summary>
[Collection<IntakeTests>]
public sealed class BodyLimitTests(IntakeServer server)
{
    private const int Megabyte = 1024 * 1024;

    [Theory]
    [InlineData("Authorization: Basic bm9ib2R5Og==\r\n", "")]
    [InlineData("Authorization: Basic not-base64!\r\n", "")]
    [InlineData("", "?writeKey=nobody")]
    [InlineData("Authorization: Basic V0s6\r\n", "?writeKey=WK_B")]
    public void A_wrong_key_is_answered_before_the_body_has_come(string header, string query)
    {
        using var client = new RawClient(server.Address);
        client.Send($"POST /v1/batch{query} HTTP/1.1\r\nHost: h\r\n{header}Content-Length: 4000000\r\n\r\n");
        Assert.Equal(401, client.Receive().Status);
    }

    [Fact]
    public async Task What_is_held_is_bounded_and_given_back()
    {
        using var limits = Limits(out var bodies, new IntakeOptions { MostHeldBytes = 8 * Megabyte, LargeAtOnce = 2 });
        var first = await bodies.ReadAsync(Request(new byte[3 * Megabyte]), CancellationToken.None);
        Assert.Equal((3 * Megabyte, 4 * Megabyte), (first.Bytes.Length, limits.Held));
        using (var second = await bodies.ReadAsync(Request(new byte[3 * Megabyte]), CancellationToken.None))
        {
            Assert.Equal(8 * Megabyte, limits.Held);
            await Assert.ThrowsAsync<OverloadedException>(() => bodies.ReadAsync(Request(new byte[Megabyte]), CancellationToken.None));
            await Assert.ThrowsAsync<OverloadedException>(() => bodies.ReadAsync(Request(Zip(new byte[Megabyte])), CancellationToken.None));
            using var small = await bodies.ReadAsync(Request(new byte[60_000]), CancellationToken.None);
            Assert.Equal(60_000, small.Bytes.Length);
        }

        first.Dispose();
        await Assert.ThrowsAsync<BadHttpRequestException>(
            () => bodies.ReadAsync(Request(Zip(new byte[100 * Megabyte])), CancellationToken.None));
        await Assert.ThrowsAsync<UnreadableBodyException>(
            () => bodies.ReadAsync(Request(Zip(new byte[Megabyte])[..^9]), CancellationToken.None));
        Assert.Equal(0, limits.Held);
    }

    [Fact]
    public async Task A_body_that_is_announced_larger_than_what_is_left_is_not_read()
    {
        using var limits = Limits(out var bodies, new IntakeOptions { MostHeldBytes = 8 * Megabyte, LargeAtOnce = 2 });
        using var first = await bodies.ReadAsync(Request(new byte[4 * Megabyte]), CancellationToken.None);
        using var second = await bodies.ReadAsync(Request(new byte[2 * Megabyte]), CancellationToken.None);
        var third = Request(new byte[3 * Megabyte]);
        await Assert.ThrowsAsync<OverloadedException>(() => bodies.ReadAsync(third, CancellationToken.None));
        Assert.Equal(0, third.Body.Position);
    }

    [Fact]
    public async Task Large_bodies_have_their_turn_one_after_the_other_and_small_ones_do_not_wait()
    {
        using var limits = Limits(out var bodies, new IntakeOptions { LargeAtOnce = 1 });
        using var first = await bodies.ReadAsync(Request(Zip(new byte[Megabyte])), CancellationToken.None);
        var second = bodies.ReadAsync(Request(Zip(new byte[Megabyte])), CancellationToken.None);
        using var small = await bodies.ReadAsync(Request(Zip(new byte[50_000])), CancellationToken.None);
        Assert.False(second.IsCompleted);
        first.EndTurn();
        using var largeToo = await second;
        Assert.Equal(Megabyte, largeToo.Bytes.Length);
    }

    private static BodyLimits Limits(out BodyReader bodies, IntakeOptions options)
    {
        var limits = new BodyLimits(Options.Create(options));
        bodies = new BodyReader(limits, Options.Create(options), TimeProvider.System);
        return limits;
    }

    private static HttpRequest Request(byte[] body) =>
        new DefaultHttpContext { Request = { Body = new MemoryStream(body), ContentLength = body.Length } }.Request;

    private static byte[] Zip(byte[] body)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.SmallestSize))
        {
            zip.Write(body);
        }

        return zipped.ToArray();
    }
}
