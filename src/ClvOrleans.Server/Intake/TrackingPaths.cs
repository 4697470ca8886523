namespace ClvOrleans.Server.Intake;

/// <summary>
/// Takes <c>//v1//batch</c> for <c>/v1/batch</c>: shops join addresses carelessly, and a 404 or a redirect would lose events.
/// </summary>
internal sealed class TrackingPaths(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (path.Contains("//", StringComparison.Ordinal) && !context.Request.Path.StartsWithSegments("/api"))
        {
            context.Request.Path = "/" + string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries));
        }

        return next(context);
    }
}
