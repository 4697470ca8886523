using System.CommandLine;

namespace ClvOrleans.Server.Commands;

/// <summary><c>clv health</c>: whether a service is ready.</summary>
internal static class HealthCommand
{
    public static Command Create()
    {
        var command = new Command("health", "Succeed if the service at --urls is ready (for a container's health check).");
        command.SetAction(async (parsed, cancellation) =>
        {
            using var http = new HttpClient { BaseAddress = Service.AddressOf(parsed.GetValue(Shared.Urls)!) };
            using var reply = await http.GetAsync("health/ready", cancellation);
            return reply.IsSuccessStatusCode ? 0 : 1;
        });
        return command;
    }
}
