using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace ClvOrleans.Server.Tests.Clients;

/// <summary>
/// A bad network before a service: the nth request that carries events (POST) meets the nth fault of a schedule, those after its end
/// arrive twice. What browsers ask besides (settings, leave to send) passes.
/// </summary>
internal sealed class FlakyProxy : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _target;
    private readonly Fault[] _schedule;
    private int _posts;

    private FlakyProxy(WebApplication app, Uri target, Fault[] schedule)
    {
        (_app, _schedule) = (app, schedule);
        _target = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = target };
    }

    public string Address => _app.Urls.First();

    /// <summary>How often each fault was done to a client.</summary>
    public ConcurrentDictionary<Fault, int> Happened { get; } = new();

    /// <summary>The kinds of requests that came: method, path, content type, content encoding.</summary>
    public ConcurrentDictionary<string, int> Requests { get; } = new();

    public static async Task<FlakyProxy> StartAsync(Uri target, params Fault[] schedule)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var proxy = new FlakyProxy(builder.Build(), target, schedule);
        proxy._app.Run(proxy.HandleAsync);
        await proxy._app.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _target.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer);
        var (request, body) = (context.Request, buffer.ToArray());
        Requests.AddOrUpdate(
            $"{request.Method} {request.Path} {request.ContentType} {request.Headers.ContentEncoding}".TrimEnd(), 1, (_, n) => n + 1);
        if (!HttpMethods.IsPost(request.Method))
        {
            await AnswerAsync(context.Response, await ForwardAsync(request, body));
            return;
        }

        var turn = Interlocked.Increment(ref _posts) - 1;
        var fault = turn < _schedule.Length ? _schedule[turn] : Fault.Twice;
        switch (fault)
        {
            case Fault.TooManyRequests:
                Refuse(context.Response, StatusCodes.Status429TooManyRequests);
                context.Response.Headers.RetryAfter = "1";
                break;
            case Fault.Unavailable:
                Refuse(context.Response, StatusCodes.Status503ServiceUnavailable);
                break;
            case Fault.CutBefore:
                Cut(context);
                break;
            case Fault.CutAfter:
                using (var lost = await ForwardAsync(request, body))
                {
                    lost.EnsureSuccessStatusCode();
                }

                Cut(context);
                break;
            default:
                var replies = await Task.WhenAll(ForwardAsync(request, body), ForwardAsync(request, body));
                replies[0].EnsureSuccessStatusCode().Dispose();
                await AnswerAsync(context.Response, replies[1]);
                break;
        }

        Happened.AddOrUpdate(fault, 1, (_, n) => n + 1);
    }

    // Of a browser's page, only an answer with these headers lets it see the status and how long to wait.
    private static void Refuse(HttpResponse response, int status)
    {
        response.StatusCode = status;
        response.Headers.AccessControlAllowOrigin = "*";
        response.Headers.AccessControlExposeHeaders = HeaderNames.RetryAfter;
    }

    private static void Cut(HttpContext context) => context.Features.Get<IHttpRequestLifetimeFeature>()!.Abort();

    // With the client's Host, so that an address which the service gives leads back here.
    private async Task<HttpResponseMessage> ForwardAsync(HttpRequest request, byte[] body)
    {
        using var forwarded = new HttpRequestMessage(HttpMethod.Parse(request.Method), $"{request.Path}{request.QueryString}")
        {
            Content = body.Length > 0 ? new ByteArrayContent(body) : null,
        };
        foreach (var (name, values) in request.Headers.Where(h => h.Key is not ("Connection" or "Transfer-Encoding" or "Expect")))
        {
            if (!forwarded.Headers.TryAddWithoutValidation(name, (IEnumerable<string>)values!))
            {
                forwarded.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string>)values!);
            }
        }

        return await _target.SendAsync(forwarded);
    }

    private static async Task AnswerAsync(HttpResponse response, HttpResponseMessage reply)
    {
        using (reply)
        {
            response.StatusCode = (int)reply.StatusCode;
            foreach (var (name, values) in reply.Headers.Concat(reply.Content.Headers).Where(h => h.Key != "Transfer-Encoding"))
            {
                response.Headers[name] = values.ToArray();
            }

            await reply.Content.CopyToAsync(response.Body);
        }
    }
}
