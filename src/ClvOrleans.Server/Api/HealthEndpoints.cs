namespace ClvOrleans.Server.Api;

/// <summary>What a supervisor asks; <see cref="Hosting.ReadinessGate"/> answers 503 for it until the service is ready.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Ok());
        app.MapGet("/health/ready", () => Results.Ok());
    }
}
