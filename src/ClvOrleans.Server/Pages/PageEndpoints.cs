using Scalar.AspNetCore;

namespace ClvOrleans.Server.Pages;

/// <summary>
/// The page that a marketer opens, and the one that shows the API. Both work behind a firewall: nothing is loaded from elsewhere.
/// </summary>
internal static class PageEndpoints
{
    public static void MapPages(this WebApplication app)
    {
        Map("/", "index.html", "text/html; charset=utf-8");
        Map("/page.js", "page.js", "text/javascript; charset=utf-8");
        Map("/parts.js", "parts.js", "text/javascript; charset=utf-8");
        Map("/acting.js", "acting.js", "text/javascript; charset=utf-8");
        Map("/storefront", "storefront.html", "text/html; charset=utf-8");
        Map("/storefront.js", "storefront.js", "text/javascript; charset=utf-8");
        Map("/page.css", "page.css", "text/css; charset=utf-8");
        app.MapScalarApiReference("/docs", options =>
        {
            options.Title = "ClvOrleans API";
            options.DefaultFonts = false;
            options.Telemetry = false;
            options.HideClientButton = true;
            options.HideDeveloperTools().DisableAgent().DisableMcp();
        });

        void Map(string path, string resource, string type) => app.MapGet(path, (HttpResponse response) =>
        {
            response.Headers.ContentSecurityPolicy = "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'";
            response.Headers.CacheControl = "no-cache";
            response.Headers.XContentTypeOptions = "nosniff";
            return Results.Stream(typeof(PageEndpoints).Assembly.GetManifestResourceStream(resource)!, type);
        }).ExcludeFromDescription();
    }
}
