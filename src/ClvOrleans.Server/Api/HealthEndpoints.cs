using ClvOrleans.Grains.Models;
using ClvOrleans.Grains.Stores;

namespace ClvOrleans.Server.Api;

/// <summary>What a supervisor asks; <see cref="Hosting.ReadinessGate"/> answers 503 for it until the service is ready.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Ok());
        app.MapGet("/health/ready", (IStores stores, IChampions champions) =>
            stores.All.Select(s => champions.Find(s.Id).Problem).FirstOrDefault(p => p is not null) is { } problem
            ? Results.Ok(new { Model = problem }) // It serves, by the model that stands in.
            : Results.Ok());
    }
}
