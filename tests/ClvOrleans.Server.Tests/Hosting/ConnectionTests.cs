using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;

namespace ClvOrleans.Server.Tests.Hosting;

/// <summary>More connections than a process may have, on the real executable with a limit of 1,024 files.</summary>
public sealed class ConnectionTests
{
    private const int Files = 1_024;
    private const int Connections = 1_200;

    [Fact]
    public async Task More_idle_connections_than_files_end_nothing_and_whoever_is_connected_is_served()
    {
        var start = new ProcessStartInfo("bash") { RedirectStandardOutput = true };
        string[] arguments =
        [
            "-c", $"ulimit -n {Files} && exec dotnet \"$@\"", "bash", Path.Combine(AppContext.BaseDirectory, "clv.dll"),
            "serve", "--data", ClvProcess.NewFolder(), "--urls", "http://127.0.0.1:0", "--write-key", "WK",
        ];
        Array.ForEach(arguments, start.ArgumentList.Add);
        using var process = Process.Start(start)!;
        var idle = new List<Socket>();
        try
        {
            var serving = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("It did not start.");
            var address = new Uri(serving.Split(" at ")[1].Split(' ')[0]);
            using var http = new HttpClient { BaseAddress = address };
            await SendAsync(http, "before");
            for (var i = 0; i < Connections; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                idle.Add(socket);
                await socket.ConnectAsync(IPAddress.Loopback, address.Port);
                try
                {
                    await socket.SendAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\n"));
                }
                catch (SocketException)
                {
                    // Closed at once: it is beyond the limit.
                }
            }

            for (var i = 0; i < 20; i++)
            {
                await SendAsync(http, $"meanwhile-{i}");
            }

            Assert.False(process.HasExited);
            idle.ForEach(s => s.Dispose());
            using var another = new HttpClient { BaseAddress = address };
            await SendPatientlyAsync(another);
        }
        finally
        {
            idle.ForEach(s => s.Dispose());
            process.Kill();
        }
    }

    private static async Task SendAsync(HttpClient http, string id)
    {
        using var reply = await http.PostAsJsonAsync("v1/page", new { userId = "u", messageId = id, writeKey = "WK" });
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
    }

    // The service learns of the closed connections in its own time.
    private static async Task SendPatientlyAsync(HttpClient http)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await SendAsync(http, "after");
                return;
            }
            catch (HttpRequestException) when (tries < 100_000)
            {
                await Pause.ShortAsync();
            }
        }
    }
}
