using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using ClvOrleans.Server.Hosting;

namespace ClvOrleans.Benchmarks.Telemetry;

/// <summary>A service in a process of its own, whose processor time is its own.</summary>
internal sealed class MeasuredService : IDisposable
{
    /// <summary>The name under which this program is such a service.</summary>
    public const string Verb = "serve";

    private readonly Process _process;
    private readonly HttpClient _http;

    private MeasuredService(Process process, Uri address)
    {
        (_process, _http) = (process, new HttpClient { BaseAddress = address });
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("WK:")));
    }

    /// <summary>Processor time that it has had.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts one over an empty folder, whose commits do not wait for the disk.</summary>
    /// <param name="environment">Variables, such as <c>OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318</c>.</param>
    public static async Task<MeasuredService> StartAsync(IReadOnlyList<string> environment)
    {
        string[] arguments = [typeof(MeasuredService).Assembly.Location, "0", Verb, TemporaryFolder.New()];
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true };
        foreach (var variable in environment)
        {
            start.Environment[variable.Split('=', 2)[0]] = variable.Split('=', 2)[1];
        }

        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Uri.TryCreate(line, UriKind.Absolute, out var address))
            {
                return new MeasuredService(process, address);
            }
        }

        throw new InvalidOperationException("The service has ended.");
    }

    /// <summary>Is such a service until the process is killed.</summary>
    public static async Task ServeAsync(string folder)
    {
        Environment.SetEnvironmentVariable("Limits__EventsPerKey", "1000000");
        Environment.SetEnvironmentVariable("Limits__EventsPerAddress", "1000000");
        Environment.SetEnvironmentVariable("Logging__LogLevel__Default", "Warning");
        await using var service = ClvHost.Build(new ProcessOptions(folder, "http://127.0.0.1:0", WriteKey: "WK", Relaxed: true));
        await service.StartAsync();
        Console.WriteLine(service.Urls.First());
        await Task.Delay(Timeout.Infinite);
    }

    /// <summary>Sends a batch, all of which must be accepted.</summary>
    public async Task SendAsync(byte[] body)
    {
        using var reply = await _http.PostAsync("v1/batch", new ByteArrayContent(body));
        var text = await reply.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
        if (!text.Contains("\"quarantined\":[]", StringComparison.Ordinal))
        {
            throw new InvalidOperationException(text);
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _process.Kill();
        _process.Dispose();
    }
}
