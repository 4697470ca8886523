using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ClvOrleans.Grains.Deliveries;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Server.Deliveries;

/// <summary>
/// Calls webhooks. What a name stands for is looked at when a connection is opened, and that very address is connected to, so that no name
/// can change its meaning in between. Redirects are not followed, and of an answer only its beginning is read.
/// </summary>
internal sealed class WebhookClient : IDisposable
{
    private const int ShownBytes = 200;
    private readonly HttpClient _http;
    private readonly WebhookOptions _options;
    private readonly TimeProvider _time;

    public WebhookClient(IOptions<WebhookOptions> options, TimeProvider time)
    {
        (_options, _time) = (options.Value, time);
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            MaxResponseHeadersLength = 16,
            MaxConnectionsPerServer = 32,
            ConnectCallback = ConnectAsync,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan, // The run of deliveries has one.
        };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("ClvOrleans/1");
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Calls an address.</summary>
    /// <param name="url">The address.</param>
    /// <param name="id">The idempotency key.</param>
    /// <param name="body">JSON.</param>
    /// <param name="secrets">What signs it, the newest first.</param>
    /// <param name="cancellation">Ends the call.</param>
    public async Task<SendResult> CallAsync(
        Uri url, DeliveryId id, ReadOnlyMemory<byte> body, IEnumerable<string> secrets, CancellationToken cancellation)
    {
        var now = _time.GetUtcNow();
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("webhook-id", id.Value);
        request.Headers.Add("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", WebhookSignature.Sign(secrets, id.Value, now, body.Span));
        request.Headers.Add("Idempotency-Key", id.Value);
        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return await JudgeAsync(answer, cancellation);
        }
        catch (HttpRequestException e) when (e.InnerException is PrivateTargetException target)
        {
            return SendResult.Failed(target.Message);
        }
        catch (HttpRequestException e) when (
            e.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
                or HttpRequestError.SecureConnectionError)
        {
            return SendResult.Again(e.Message);
        }
    }

    private async Task<SendResult> JudgeAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var status = (int)answer.StatusCode;
        var begin = await ReadAsync(answer, cancellation);
        var reason = $"The answer was {status}{(begin.Length == 0 ? "" : $": {begin}")}.";
        return status switch
        {
            >= 200 and < 300 => SendResult.Sent,
            >= 300 and < 400 => SendResult.Failed(
                $"The answer was {status}; redirects are not followed: name the address that they lead to."),
            (int)HttpStatusCode.Gone => SendResult.Failed(reason),
            _ => SendResult.Again(reason, notBefore: RetryAfter(answer)),
        };
    }

    private DateTimeOffset? RetryAfter(HttpResponseMessage answer) =>
        answer.Headers.RetryAfter is { } after && (after.Date ?? _time.GetUtcNow() + after.Delta) is { } at
        && at < _time.GetUtcNow().AddDays(1)
            ? at
            : null;

    // The rest is not read: the connection is closed instead.
    private async Task<string> ReadAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var bytes = new byte[_options.MostAnswerBytes];
        await using var body = await answer.Content.ReadAsStreamAsync(cancellation);
        var count = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
        return string.Concat(Encoding.UTF8.GetString(bytes, 0, Math.Min(count, ShownBytes)).Where(c => !char.IsControl(c)));
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = IPAddress.TryParse(host.Trim('[', ']'), out var address)
            ? [address]
            : await Dns.GetHostAddressesAsync(host, cancellation);
        if (!_options.AllowPrivate && addresses.Any(WebhookTarget.IsPrivate))
        {
            throw new PrivateTargetException(host);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
