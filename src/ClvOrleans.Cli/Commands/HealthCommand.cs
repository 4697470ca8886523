using System.CommandLine;
using System.Text.Json;
using ClvOrleans.Server.Hosting;

namespace ClvOrleans.Cli.Commands;

/// <summary><c>clv health</c>: whether a service is ready.</summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static Command Create()
    {
        var command = new Command("health", "Succeed if the service at --urls, or the one that uses the folder of --data, is ready (for a "
            + "container's health check).");
        command.SetAction(async (parsed, cancellation) =>
        {
            var asked = Service.AddressOf(parsed.GetValue(Shared.Urls)!);
            var isAsked = parsed.GetResult(Shared.Urls) is { Implicit: false };
            var address = (isAsked ? null : FolderLock.FindAddress(parsed.GetValue(Shared.Data)!)) ?? asked;
            var problem = await ProblemAsync(address, cancellation);
            if (parsed.GetValue(Shared.Json))
            {
                Console.WriteLine(JsonSerializer.Serialize(new { ready = problem is null, address, problem }, JsonSerializerOptions.Web));
            }
            else if (problem is null)
            {
                Console.WriteLine($"The service at {address} is ready.");
            }
            else
            {
                await Console.Error.WriteLineAsync($"The service at {address} is not ready: {problem}");
            }

            return problem is null ? 0 : 1;
        });
        return command;
    }

    private static async Task<string?> ProblemAsync(Uri address, CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = address, Timeout = Patience };
        try
        {
            using var reply = await http.GetAsync("health/ready", cancellation);
            return reply.IsSuccessStatusCode
                ? null
                : Service.FindProblem(await reply.Content.ReadAsStringAsync(cancellation)) ?? $"it answers {(int)reply.StatusCode}.";
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return "it does not answer.";
        }
    }
}
