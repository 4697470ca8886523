using System.Text.RegularExpressions;

namespace ClvOrleans.Server.Intake;

/// <summary>
/// Lets browsers of every shop send: write keys are public, and nothing is read by these addresses. Answers of all kinds carry it, for a
/// client cannot obey a 429 that its browser hides from it.
/// </summary>
internal sealed partial class TrackingCors(RequestDelegate next)
{
    // What the published clients send; others are allowed as they are asked for.
    private const string Headers =
        "Authorization, Content-Type, Content-Encoding, X-Retry-Count, AnonymousId, SentAt, "
        + "Rsa-Recovered, Rsa-Retry-Attempt, Rsa-Since-Last-Attempt, Rsa-Since-First-Attempt, Rsa-Retry-Reason";

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments("/api"))
        {
            return next(context);
        }

        var headers = context.Response.Headers;
        if (HttpMethods.IsOptions(context.Request.Method))
        {
            var asked = context.Request.Headers.AccessControlRequestHeaders.ToString();
            headers.AccessControlAllowOrigin = "*";
            headers.AccessControlAllowMethods = "GET, POST";
            headers.AccessControlAllowHeaders = Names().IsMatch(asked) ? $"{Headers}, {asked}" : Headers;
            headers.AccessControlMaxAge = "86400";
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        // When the answer starts, for the handler of errors clears what was set before.
        context.Response.OnStarting(() =>
        {
            headers.AccessControlAllowOrigin = "*";
            headers.AccessControlExposeHeaders = "Retry-After";
            return Task.CompletedTask;
        });
        return next(context);
    }

    [GeneratedRegex(@"^[A-Za-z0-9-]+(\s*,\s*[A-Za-z0-9-]+){0,49}$")]
    private static partial Regex Names();
}
