using System.Net;
using System.Text;
using ClvOrleans.Grains.Deliveries;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Server.Deliveries;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace ClvOrleans.Server.Tests.Deliveries;

/// <summary>Webhooks to a real server on this machine.</summary>
public sealed class WebhookClientTests : IAsyncLifetime
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static readonly FakeTimeProvider Time = new(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));
    private readonly DeliveryId _id = DeliveryId.Of("d");
    private readonly List<(Dictionary<string, string> Headers, byte[] Body)> _calls = [];
    private WebApplication _receiver = null!;
    private Func<HttpContext, Task> _answer = _ => Task.CompletedTask;

    private Uri Here => new(_receiver.Urls.First());

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _receiver = builder.Build();
        _receiver.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            _calls.Add((
                context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                body.ToArray()));
            await _answer(context);
        });
        await _receiver.StartAsync();
    }

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Fact]
    public async Task A_call_is_signed_and_names_its_key()
    {
        Assert.Equal(SendResult.Sent, await CallAsync(Here, allowPrivate: true));
        var (headers, body) = Assert.Single(_calls);
        Assert.Equal((_id.Value, _id.Value), (headers["webhook-id"], headers["Idempotency-Key"]));
        Assert.Equal(Time.GetUtcNow().ToUnixTimeSeconds().ToString(null, null), headers["webhook-timestamp"]);
        Assert.Equal(WebhookSignature.Sign([Secret], _id.Value, Time.GetUtcNow(), body), headers["webhook-signature"]);
        Assert.Equal("""{"a":1}""", Encoding.UTF8.GetString(body));
    }

    // Refused when the connection is opened, by what the name stands for: nothing has arrived, and another attempt would not.
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("0.0.0.0")]
    public async Task A_private_target_is_not_called(string host)
    {
        var result = await CallAsync(new UriBuilder(Here) { Host = host }.Uri, allowPrivate: false);
        Assert.Equal((SendResultKind.Failed, false), (result.Kind, result.MayHaveArrived));
        Assert.Contains("private network", result.Reason, StringComparison.Ordinal);
        Assert.Empty(_calls);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        _answer = context =>
        {
            context.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        };
        var result = await CallAsync(Here, allowPrivate: true);
        Assert.Equal(SendResultKind.Failed, result.Kind);
        Assert.Single(_calls);
    }

    [Theory]
    [InlineData(204, SendResultKind.Sent)]
    [InlineData(410, SendResultKind.Failed)]
    [InlineData(400, SendResultKind.Again)]
    [InlineData(500, SendResultKind.Again)]
    public async Task The_status_decides(int status, SendResultKind kind)
    {
        _answer = context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        };
        var result = await CallAsync(Here, allowPrivate: true);
        Assert.Equal((kind, false), (result.Kind, result.MayHaveArrived));
    }

    [Fact]
    public async Task Retry_After_is_kept_and_of_a_large_answer_only_the_beginning_is_read()
    {
        _answer = async context =>
        {
            (context.Response.StatusCode, context.Response.Headers.RetryAfter) = (429, "120");
            var chunk = Encoding.UTF8.GetBytes(new string('x', 64 * 1024));
            for (var i = 0; i < 1_000 && !context.RequestAborted.IsCancellationRequested; i++)
            {
                await context.Response.Body.WriteAsync(chunk).AsTask().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        };
        var result = await CallAsync(Here, allowPrivate: true);
        Assert.Equal((SendResultKind.Again, Time.GetUtcNow().AddSeconds(120)), (result.Kind, result.NotBefore));
        Assert.Equal($"The answer was 429: {new string('x', 200)}.", result.Reason);
    }

    [Fact]
    public async Task Where_nobody_listens_nothing_has_arrived()
    {
        var url = Here;
        await _receiver.StopAsync();
        var result = await CallAsync(url, allowPrivate: true);
        Assert.Equal((SendResultKind.Again, false), (result.Kind, result.MayHaveArrived));
    }

    [Fact]
    public async Task An_answer_that_does_not_come_is_given_up()
    {
        using var stop = new CancellationTokenSource();
        _answer = async context =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CallAsync(Here, allowPrivate: true, stop.Token));
    }

    private async Task<SendResult> CallAsync(Uri url, bool allowPrivate, CancellationToken cancellation = default)
    {
        using var client = new WebhookClient(
            Options.Create(new WebhookOptions { AllowPrivate = allowPrivate, MostAnswerBytes = 1_000 }), Time);
        return await client.CallAsync(url, _id, """{"a":1}"""u8.ToArray(), [Secret], cancellation);
    }
}
