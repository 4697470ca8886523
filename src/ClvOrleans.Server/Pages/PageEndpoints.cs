using System.Security.Cryptography;
using Scalar.AspNetCore;

namespace ClvOrleans.Server.Pages;

/// <summary>
/// The page that a marketer opens, and the one that shows the API. Both work behind a firewall: nothing is loaded from elsewhere.
/// </summary>
internal static class PageEndpoints
{
    private static readonly string[] Parts =
    [
        "page.js", "parts.js", "acting.js", "storefront.js", "sign-in.js", "sign-out.js", "page.css", "preferences.css",
    ];

    public static void MapPages(this WebApplication app)
    {
        Map("/", "index.html");
        Map("/storefront", "storefront.html");
        Map("/sign-in", "sign-in.html");
        foreach (var part in Parts)
        {
            Map($"/{part}", part);
        }

        app.MapScalarApiReference("/docs", (options, context) =>
        {
            // For the script and the styles of the page: what is drawn for this answer can be foreseen by nobody.
            var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
            context.Items[ScalarOptions.NonceHttpContextItemKey] = nonce;
            options.Title = "ClvOrleans API";
            options.DefaultFonts = false;
            options.Telemetry = false;
            options.HideClientButton = true;
            options.HideDeveloperTools().DisableAgent().DisableMcp().WithNonce(nonce)
                .AddHeadContent($"<meta property=\"csp-nonce\" content=\"{nonce}\">");
        });

        void Map(string path, string file) => app.MapGet(path, (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "no-cache";
            return PageFile.SendAsync(context, file);
        }).ExcludeFromDescription();
    }
}
