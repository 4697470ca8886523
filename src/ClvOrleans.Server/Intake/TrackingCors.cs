using Microsoft.Net.Http.Headers;

namespace ClvOrleans.Server.Intake;

/// <summary>Lets browsers of every shop send: write keys are public, and nothing is read by these addresses.</summary>
internal sealed class TrackingCors(RequestDelegate next)
{
    private const string Headers =
        "Authorization, Content-Type, Content-Encoding, X-Retry-Count, AnonymousId, SentAt, "
        + "Rsa-Recovered, Rsa-Retry-Attempt, Rsa-Since-Last-Attempt, Rsa-Since-First-Attempt, Rsa-Retry-Reason";

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments("/api"))
        {
            return next(context);
        }

        // At the last moment: an error clears what was set before it.
        context.Response.OnStarting(() =>
        {
            context.Response.Headers.AccessControlAllowOrigin = "*";
            context.Response.Headers.AccessControlExposeHeaders = HeaderNames.RetryAfter;
            return Task.CompletedTask;
        });
        if (!HttpMethods.IsOptions(context.Request.Method))
        {
            return next(context);
        }

        context.Response.Headers.AccessControlAllowMethods = "GET, POST";
        context.Response.Headers.AccessControlAllowHeaders = Headers;
        context.Response.Headers.AccessControlMaxAge = "86400";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
