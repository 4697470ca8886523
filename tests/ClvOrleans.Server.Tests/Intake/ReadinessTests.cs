using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using ClvOrleans.Server.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace ClvOrleans.Server.Tests.Intake;

/// <summary>What clients are told while the service starts and stops: to come again.</summary>
public sealed class ReadinessTests
{
    private const int TerminationSignal = 15;

    [Fact]
    public async Task While_the_silo_starts_the_service_is_alive_and_not_ready_and_puts_events_off()
    {
        var address = $"http://127.0.0.1:{FreePort.Find()}";
        await using var service = ClvHost.Build(new ProcessOptions(ClvProcess.NewFolder(), address, WriteKey: "WK", Relaxed: true));
        var goOn = new TaskCompletionSource();
        service.Services.GetRequiredService<ISiloLifecycleSubject>()
            .Subscribe(nameof(ReadinessTests), ServiceLifecycleStage.Active - 1, _ => goOn.Task);
        var starting = service.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(address) };

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await FirstAnswerAsync(http, "health/ready"));
        Assert.Equal(HttpStatusCode.OK, await FirstAnswerAsync(http, "health/live"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await SendAsync(http));
        Assert.False(starting.IsCompleted);

        goOn.SetResult();
        await starting;
        Assert.Equal(HttpStatusCode.OK, await FirstAnswerAsync(http, "health/ready"));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(http));
        await service.StopAsync();
    }

    [Fact]
    public async Task From_the_first_answer_to_the_last_events_are_taken_or_put_off_and_never_refused()
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Find()}");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        string[] arguments = [
            Path.Combine(AppContext.BaseDirectory, "clv.dll"), "serve", "--data", ClvProcess.NewFolder(), "--urls", address.ToString(),
            "--write-key", "WK"
        ];
        Array.ForEach(arguments, start.ArgumentList.Add);
        using var process = Process.Start(start)!;
        try
        {
            using var http = new HttpClient { BaseAddress = address };
            Assert.Equal(HttpStatusCode.OK, await FirstAnswerAsync(http, "health/live"));
            while (await SendAsync(http) is { } starting && starting != HttpStatusCode.OK)
            {
                Assert.Equal(HttpStatusCode.ServiceUnavailable, starting);
            }

            Assert.Equal(HttpStatusCode.OK, await FirstAnswerAsync(http, "health/ready"));
            Assert.Equal(0, Kill(process.Id, TerminationSignal));
            while (await SendAsync(http) is { } stopping)
            {
                Assert.Contains(stopping, (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable]);
            }

            await process.WaitForExitAsync();
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            process.Kill();
        }
    }

    // Nobody may listen yet.
    private static async Task<HttpStatusCode> FirstAnswerAsync(HttpClient http, string path)
    {
        while (true)
        {
            try
            {
                using var reply = await http.GetAsync(path);
                return reply.StatusCode;
            }
            catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError)
            {
                await Task.Yield();
            }
        }
    }

    // Null where nobody listens any more: clients send again.
    private static async Task<HttpStatusCode?> SendAsync(HttpClient http)
    {
        try
        {
            using var reply = await http.PostAsync("v1/page", new StringContent("""{"userId":"u","writeKey":"WK"}""", Encoding.UTF8));
            Assert.Equal(
                reply.StatusCode == HttpStatusCode.ServiceUnavailable ? TimeSpan.FromSeconds(1) : null, reply.Headers.RetryAfter?.Delta);
            return reply.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
