using ClvOrleans.Server.Http;
using ClvOrleans.Storage;

namespace ClvOrleans.Server.Hosting;

/// <summary>
/// Answers 503 with Retry-After until the service is ready, and again when it stops: clients keep their events and send them later. A
/// 401 or 404 meanwhile would make them drop them. Where the store's files are in trouble it is not ready, and answers what it can.
/// </summary>
internal sealed class ReadinessGate(RequestDelegate next, Readiness readiness, IStorageHealth storage)
{
    public Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path;
        if (path.StartsWithSegments("/health/live"))
        {
            return next(context);
        }

        if (!readiness.IsReady || (readiness.IsLeaving && path.StartsWithSegments("/health/ready")))
        {
            context.Response.Headers.RetryAfter = "1";
            return ApiErrors.Problem(
                StatusCodes.Status503ServiceUnavailable, "not_ready", "The service starts or stops; send again after Retry-After seconds.")
                .ExecuteAsync(context);
        }

        return storage.Trouble is { } trouble && (!trouble.CanRead || path.StartsWithSegments("/health/ready"))
            ? ApiErrors.Unavailable(context, trouble.Message).ExecuteAsync(context)
            : next(context);
    }
}
