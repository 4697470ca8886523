using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ClvOrleans.Server.Tests;

/// <summary>A bad network: refuses with 429, then with 503, then loses a reply, then delivers every request twice.</summary>
internal sealed class FlakyProxy : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _requests;

    private FlakyProxy(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    public int Requests => _requests;

    public static async Task<FlakyProxy> StartAsync(HttpClient target)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var proxy = new FlakyProxy(builder.Build());
        proxy._app.Run(context => proxy.HandleAsync(context, target));
        await proxy._app.StartAsync();
        return proxy;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context, HttpClient target)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        switch (Interlocked.Increment(ref _requests))
        {
            case 1:
                context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                context.Response.Headers.RetryAfter = "1";
                break;
            case 2:
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                break;
            case 3:
                (await ForwardAsync(context.Request, body.ToArray(), target)).Dispose();
                context.Abort();
                break;
            default:
                (await ForwardAsync(context.Request, body.ToArray(), target)).Dispose();
                using (var reply = await ForwardAsync(context.Request, body.ToArray(), target))
                {
                    context.Response.StatusCode = (int)reply.StatusCode;
                    await reply.Content.CopyToAsync(context.Response.Body);
                }

                break;
        }
    }

    private static async Task<HttpResponseMessage> ForwardAsync(HttpRequest request, byte[] body, HttpClient target)
    {
        using var forwarded = new HttpRequestMessage(HttpMethod.Post, request.Path.Value) { Content = new ByteArrayContent(body) };
        foreach (var name in (string[])["Authorization", "Content-Type", "Content-Encoding"])
        {
            if (request.Headers.TryGetValue(name, out var value) && !forwarded.Headers.TryAddWithoutValidation(name, (string?)value))
            {
                forwarded.Content.Headers.TryAddWithoutValidation(name, (string?)value);
            }
        }

        return await target.SendAsync(forwarded);
    }
}
