using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace ClvOrleans.Cli.Tests.Deploy;

/// <summary><c>deploy/local-cluster</c>: PostgreSQL and three silos without containers.</summary>
public sealed class LocalClusterTests
{
    private const int Customers = 30;

    [Fact]
    public async Task Three_silos_are_ready_within_a_minute_answer_on_where_one_is_killed_and_end_when_asked()
    {
        Assert.SkipUnless(Directory.Exists("/usr/lib/postgresql"), "PostgreSQL is not installed: apt-get install postgresql");
        var (home, port) = (ClvProcess.NewFolder(), FreePorts(4));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(home, (UnixFileMode)0b111_001_001); // PostgreSQL's user passes.
        }

        using var script = Process.Start(new ProcessStartInfo(
            Path.Combine(SharedData.Root(), "deploy", "local-cluster"), ["--port", $"{port}", "--no-build"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["CLV_BINARIES"] = AppContext.BaseDirectory, ["CLV_CLUSTER"] = home, ["CLV_WRITE_KEY"] = "WK" },
        })!;
        try
        {
            var said = new List<string>();
            while (await script.StandardOutput.ReadLineAsync() is { } line && !line.StartsWith("Ready", StringComparison.Ordinal))
            {
                said.Add(line);
            }

            Assert.False(script.HasExited, script.HasExited ? await script.StandardError.ReadToEndAsync() : "");
            Assert.Equal(3, said.Count(line => line.StartsWith("silo ", StringComparison.Ordinal)));
            HttpClient[] silos = [
                .. Enumerable.Range(port, 3).Select(p => OwnerKey.Client(new Uri($"http://127.0.0.1:{p}"), Path.Combine(home, "silo-1")))
            ];
            for (var i = 0; i < Customers; i++)
            {
                using var reply = await silos[i % 3].PostAsJsonAsync(
                    "v1/batch", new { batch = new[] { Tracked.Order($"c{i}", $"o{i}", 10) }, writeKey = "WK" });
                reply.EnsureSuccessStatusCode();
            }

            Process.GetProcessById(int.Parse(File.ReadAllText(Path.Combine(home, "silo-2.pid")), CultureInfo.InvariantCulture)).Kill();
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            for (var i = 0; i < Customers; i++)
            {
                // Who asks while the dead one still counts as living may be asked to come again.
                while (await StatusAsync(silos[i % 2 * 2], i) is var status && status != HttpStatusCode.OK)
                {
                    Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
                    await Pause.ShortAsync(limit.Token);
                }
            }

            var report = await silos[0].GetFromJsonAsync<JsonElement>("api/v1/segments");
            Assert.Equal(Customers, report.GetProperty("total").GetProperty("orders").GetInt32());
        }
        finally
        {
            if (!script.HasExited)
            {
                Process.Start("kill", ["-TERM", $"{script.Id}"]).WaitForExit();
            }

            await script.WaitForExitAsync();
        }

        Assert.False(File.Exists(Path.Combine(home, "postgres", "postmaster.pid")));
        Assert.All([1, 3], n => Assert.False(File.Exists(Path.Combine(home, $"silo-{n}", "address"))));
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient silo, int customer)
    {
        using var reply = await silo.GetAsync($"api/v1/customers/c{customer}/clv");
        return reply.StatusCode;
    }

    // Ports next to each other that nobody has.
    private static int FreePorts(int count)
    {
        for (var first = 6_100; ; first += count)
        {
            try
            {
                var listeners = Enumerable.Range(first, count).Select(p => new TcpListener(IPAddress.Loopback, p)).ToList();
                listeners.ForEach(l => l.Start());
                listeners.ForEach(l => l.Stop());
                return first;
            }
            catch (SocketException) when (first < 60_000)
            {
                // Some are taken.
            }
        }
    }
}
