using ClvOrleans.Server.Pages;
using Scalar.AspNetCore;

namespace ClvOrleans.Server.Access;

/// <summary>
/// Tells browsers to take answers for what they are, to show them in no frame, and to run nothing that is not a file of this service. Set
/// when the answer starts, for the handler of errors clears what was set before.
/// </summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    private const string Nothing = "default-src 'none'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            if (context.Items[ScalarOptions.NonceHttpContextItemKey] is string nonce)
            {
                headers.ContentSecurityPolicy = PageFile.PolicyOf(nonce);
            }
            else if (headers.ContentSecurityPolicy.Count == 0)
            {
                var isPage = headers.ContentType.ToString().StartsWith("text/html", StringComparison.OrdinalIgnoreCase);
                headers.ContentSecurityPolicy = isPage ? PageFile.Policy : Nothing;
            }

            if (headers.CacheControl.Count == 0)
            {
                headers.CacheControl = "no-store";
            }

            if (context.Request.IsHttps)
            {
                headers.StrictTransportSecurity = "max-age=31536000";
            }

            return Task.CompletedTask;
        });
        return next(context);
    }
}
