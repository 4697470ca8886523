using ClvOrleans.Server.Http;
using ClvOrleans.Server.Pages;
using Orleans.Dashboard;

namespace ClvOrleans.Server.Hosting;

/// <summary>Orleans' dashboard, which asks for nothing by itself: the matrix has a line for each of its addresses.</summary>
internal static class ClusterDashboard
{
    /// <summary>What its addresses begin with.</summary>
    public const string Address = "/dashboard";

    // It writes styles into its page.
    private const string Policy = PageFile.Policy + "; style-src 'self' 'unsafe-inline'";

    /// <summary>Whether the configuration asks for it.</summary>
    public static bool IsOn(IConfiguration configuration) => configuration.GetSection("Dashboard").Get<DashboardOptions>()?.Enabled == true;

    /// <summary>Adds what it collects to a silo.</summary>
    public static void Add(ISiloBuilder silo) => silo.AddDashboard(o => o.HideTrace = true);

    /// <summary>Maps its addresses.</summary>
    public static void MapDashboard(this WebApplication app) => app.MapOrleansDashboard(Address).ExcludeFromDescription()
        .AddEndpointFilter(async (call, next) =>
        {
            // The log may name people, and goes to where the other logs go.
            if (call.HttpContext.Request.Path.Equals($"{Address}/Trace", StringComparison.OrdinalIgnoreCase))
            {
                return ApiErrors.Problem(
                    StatusCodes.Status404NotFound, "unknown_address", "The dashboard does not show the log: read that of the process.");
            }

            if ((call.HttpContext.GetRouteValue("address") ?? call.HttpContext.GetRouteValue("path")) is string silo
                && !call.HttpContext.Request.Path.StartsWithSegments($"{Address}/fonts")
                && !call.HttpContext.Request.Path.StartsWithSegments($"{Address}/img") && !IsSilo(silo))
            {
                return ApiErrors.Problem(
                    StatusCodes.Status404NotFound, "unknown_silo", "That is not an address of a silo: write ADDRESS:PORT@GENERATION.");
            }

            call.HttpContext.Response.Headers.ContentSecurityPolicy = Policy;
            return await next(call);
        });

    private static bool IsSilo(string text)
    {
        try
        {
            return SiloAddress.FromParsableString(text) is not null;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException)
        {
            return false;
        }
    }
}
