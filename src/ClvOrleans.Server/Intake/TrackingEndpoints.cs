using ClvOrleans.Model.Intake;
using ClvOrleans.Server.Api;
using ClvOrleans.Server.Hosting;

namespace ClvOrleans.Server.Intake;

/// <summary>The tracking API that storefronts' clients speak.</summary>
internal static class TrackingEndpoints
{
    private static readonly (string Path, string Type)[] Singles =
    [
        ("/v1/track", "track"), ("/v1/t", "track"), ("/v1/identify", "identify"), ("/v1/i", "identify"), ("/v1/page", "page"), ("/v1/p", "page"),
        ("/v1/screen", "screen"), ("/v1/s", "screen"), ("/v1/group", "group"), ("/v1/g", "group"), ("/v1/alias", "alias"), ("/v1/a", "alias"),
    ];

    public static void MapTracking(this WebApplication app)
    {
        foreach (var path in (string[])["/v1/batch", "/v1/b", "/v1/import", "/beacon/v1/batch"])
        {
            app.MapPost(path, (HttpRequest request, Tracking tracking, OneStore store) => AcceptAsync(request, null, tracking, store));
        }

        foreach (var (path, type) in Singles)
        {
            app.MapPost(path, (HttpRequest request, Tracking tracking, OneStore store) => AcceptAsync(request, type, tracking, store));
        }

        app.MapPost("/v1/m", () => Results.Ok(new { success = true }));
        app.MapGet("/v1/projects/{key}/settings", (string key, HttpRequest request) => new Dictionary<string, object>
        {
            ["integrations"] = new Dictionary<string, object>
            {
                ["Segment.io"] = new { apiKey = key, apiHost = $"{request.Host}/v1", protocol = request.Scheme },
            },
            ["metrics"] = new { sampleRate = 0 },
        });
        app.MapGet("/sourceConfig", (string? writeKey, OneStore store) => new
        {
            source = new
            {
                id = store.Settings.Id.Value,
                name = store.Settings.Id.Value,
                writeKey,
                enabled = true,
                workspaceId = store.Settings.Id.Value,
                updatedAt = "2026-01-01T00:00:00Z",
                config = new { statsCollection = new { errors = new { enabled = false }, metrics = new { enabled = false } } },
                destinations = Array.Empty<object>(),
                dataplanes = new { },
            },
            consentManagementMetadata = new { },
        });
    }

    private static async Task<IResult> AcceptAsync(HttpRequest request, string? type, Tracking tracking, OneStore store)
    {
        var aborted = request.HttpContext.RequestAborted;
        try
        {
            var batch = ReceivedBatch.Read(await BodyReader.ReadAsync(request, aborted), type);
            return WriteKey.FindSource(request, batch.WriteKey, store) is { } source
                ? Results.Ok(await tracking.AcceptAsync(batch, source, aborted))
                : ApiErrors.Problem(StatusCodes.Status401Unauthorized, "invalid_write_key", "The write key is missing, wrong, or differs between header and body.");
        }
        catch (UnreadableBodyException e)
        {
            return ApiErrors.Problem(StatusCodes.Status400BadRequest, e.Code, e.Message);
        }
    }
}
