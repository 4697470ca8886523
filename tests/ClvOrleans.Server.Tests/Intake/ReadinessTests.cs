using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace ClvOrleans.Server.Tests.Intake;

/// <summary>What clients are told while the service starts and stops: to come again.</summary>
public sealed class ReadinessTests
{
    private const string Page = """{"type":"page","userId":"u","writeKey":"WK"}""";

    [Fact]
    public async Task From_the_first_answer_to_the_last_events_are_taken_or_put_off_and_never_refused()
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "clv.dll"), "serve", "--data", ClvProcess.NewFolder(), "--urls", address.ToString(), "--write-key", "WK"];
        Array.ForEach(arguments, start.ArgumentList.Add);
        using var process = Process.Start(start)!;
        using var http = new HttpClient { BaseAddress = address };

        var starting = new List<(HttpStatusCode Ready, HttpStatusCode Page)>();
        while (starting.LastOrDefault().Page != HttpStatusCode.OK)
        {
            await SendAsync(http, starting);
        }

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable), starting[0]);
        Assert.All(starting[..^1], s => Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable), s));

        Assert.Equal(0, Kill(process.Id, 15));
        var stopping = new List<(HttpStatusCode Ready, HttpStatusCode Page)>();
        while (!process.HasExited)
        {
            await SendAsync(http, stopping);
        }

        Assert.All(stopping, s => Assert.Contains(s.Page, (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable]));
        Assert.Equal(0, process.ExitCode);
    }

    private static async Task SendAsync(HttpClient http, List<(HttpStatusCode Ready, HttpStatusCode Page)> answers)
    {
        try
        {
            using var ready = await http.GetAsync("health/ready");
            using var live = await http.GetAsync("health/live");
            using var reply = await http.PostAsync("v1/page", new StringContent(Page, Encoding.UTF8));
            answers.Add((ready.StatusCode, reply.StatusCode));
            Assert.Equal(HttpStatusCode.OK, live.StatusCode);
            if (reply.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                Assert.Equal(TimeSpan.FromSeconds(1), reply.Headers.RetryAfter?.Delta);
            }
        }
        catch (HttpRequestException)
        {
            // Nobody listens yet, or any more: clients send again.
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
