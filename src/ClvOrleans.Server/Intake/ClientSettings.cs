using ClvOrleans.Server.Access;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Stores;

namespace ClvOrleans.Server.Intake;

/// <summary>
/// The settings that browser clients fetch first, so that the address of this service is all that a shop changes. A wrong key is told
/// here, where the developer looks, rather than at every event afterwards.
/// </summary>
internal static class ClientSettings
{
    public static void MapClientSettings(this WebApplication app)
    {
        app.MapGet(
            "/v1/projects/{key}/settings", async (string key, HttpRequest request, StoreDirectory stores, Callers callers) =>
                await WriteKey.LookUpAsync(key, request, stores, callers) is null
                    ? ApiErrors.Problem(StatusCodes.Status404NotFound, "invalid_write_key", "There is no such write key.")
                    : Results.Ok(OfSegment(key, request)))
            .WithTags("Tracking").WithSummary("Settings of Segment's browser client.");
        app.MapGet("/sourceConfig", async (HttpRequest request, StoreDirectory stores, Callers callers) =>
            await WriteKey.FindAsync(request, null, stores, callers) is var (store, source)
                ? Results.Ok(OfRudderStack(request.Query["writeKey"].ToString(), source, store.Id.Value))
                : ApiErrors.Problem(StatusCodes.Status401Unauthorized, "invalid_write_key", "The write key is missing or wrong."))
            .WithTags("Tracking").WithSummary("Settings of RudderStack's browser client.");
    }

    private static Dictionary<string, object> OfSegment(string key, HttpRequest request) => new()
    {
        ["integrations"] = new Dictionary<string, object>
        {
            ["Segment.io"] = new { apiKey = key, apiHost = $"{request.Host}/v1", protocol = request.Scheme },
        },
        ["metrics"] = new { sampleRate = 0 },
    };

    private static object OfRudderStack(string writeKey, string source, string store) => new
    {
        source = new
        {
            id = store,
            name = source,
            writeKey,
            enabled = true,
            workspaceId = store,
            updatedAt = "2026-01-01T00:00:00Z",
            config = new { statsCollection = new { errors = new { enabled = false }, metrics = new { enabled = false } } },
            destinations = Array.Empty<object>(),
            dataplanes = new { },
        },
        consentManagementMetadata = new { },
    };
}
