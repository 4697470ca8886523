using ClvOrleans.Server.Api;

namespace ClvOrleans.Server.Hosting;

/// <summary>
/// Answers 503 with Retry-After until the service is ready, and again when it stops: clients keep their events and send them later. A
/// 401 or 404 meanwhile would make them drop them.
/// </summary>
internal sealed class ReadinessGate(RequestDelegate next, Readiness readiness)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (readiness.IsReady || context.Request.Path.StartsWithSegments("/health/live"))
        {
            return next(context);
        }

        context.Response.Headers.RetryAfter = "1";
        return ApiErrors.Problem(StatusCodes.Status503ServiceUnavailable, "not_ready", "The service starts or stops; send again after Retry-After seconds.")
            .ExecuteAsync(context);
    }
}
