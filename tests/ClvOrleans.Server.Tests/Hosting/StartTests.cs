using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ClvOrleans.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ClvOrleans.Server.Tests.Hosting;

/// <summary>How the service starts, or says why not, and how it ends.</summary>
public sealed class StartTests
{
    [Theory]
    [InlineData("https://127.0.0.1:0", "asks for https, for which there is no certificate: name its file in Tls__Certificate")]
    [InlineData("http://127.0.0.1:0/shop", "has more than a host and a port")]
    [InlineData("http://shop.example:0", "names a host")]
    [InlineData("ftp://127.0.0.1:0", "is not an address such as http://127.0.0.1:5080")]
    [InlineData("http://127.0.0.1:70000", "is not an address such as http://127.0.0.1:5080")]
    [InlineData("http://203.0.113.1:6499", "is not one of this machine's")]
    public void An_address_that_cannot_be_served_is_told_in_one_sentence_and_makes_no_folder(string urls, string why)
    {
        var folder = Path.Combine(ClvProcess.NewFolder(), "store");
        var error = Assert.Throws<InvalidOperationException>(() => ClvHost.Build(new ProcessOptions(folder, urls)));
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void A_taken_port_is_told_before_a_folder_is_made()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";
        var folder = Path.Combine(ClvProcess.NewFolder(), "store");
        var error = Assert.Throws<InvalidOperationException>(() => ClvHost.Build(new ProcessOptions(folder, address)));
        Assert.Equal($"The address {address} is in use by another process; name another one with --urls.", error.Message);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task A_file_in_place_of_the_folder_is_told_in_one_sentence()
    {
        var file = Path.Combine(ClvProcess.NewFolder(), "file");
        await File.WriteAllTextAsync(file, "");
        var run = await ClvProcess.RunAsync("serve", "--data", file, "--urls", "http://127.0.0.1:0");
        Assert.Equal((1, "", $"{file} is a file; name a folder with --data."), (run.ExitCode, run.Output, run.Error.Trim()));
    }

    [Fact]
    public async Task Asked_to_stop_while_it_starts_it_ends_in_quiet_with_0()
    {
        for (var lines = 0; lines < 3; lines++)
        {
            var folder = ClvProcess.NewFolder();
            using var process = ClvProcess.Start("serve", "--data", folder, "--urls", "http://127.0.0.1:0", "--write-key", "WK");
            while (!File.Exists(Path.Combine(folder, lines == 0 ? "store.json" : lines == 1 ? "clv.db-wal" : "snapshots.db-wal")))
            {
                await Task.Yield();
            }

            using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), await process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            Assert.Equal(("", 0), (error, process.ExitCode));
            Assert.DoesNotContain("   at ", await output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task It_ends_with_0_only_where_it_was_asked_to()
    {
        Assert.Equal(0, await EndAsync((_, stop) => stop.Cancel()));

        // As the host does where a background service has failed.
        Assert.Equal(1, await EndAsync((app, _) => app.Lifetime.StopApplication()));
    }

    [Fact]
    public void Connections_leave_the_store_half_of_the_files()
    {
        Assert.Equal(512, ConnectionLimits.MostConnections(null, 1_024));
        Assert.Equal(10_000, ConnectionLimits.MostConnections(null, 1_048_576));
        Assert.Equal(10_000, ConnectionLimits.MostConnections(null, null));
        Assert.Equal(100, ConnectionLimits.MostConnections(100, 1_024));
        var error = Assert.Throws<InvalidOperationException>(() => ConnectionLimits.MostConnections(600, 1_024));
        Assert.Equal(
            "Http:MostConnections is 600, but the process may open 1024 files, half of them for connections: set at most 512, or raise "
                + "the limit (ulimit -n).",
            error.Message);
    }

    [Fact]
    public void Services_that_start_at_once_choose_different_ports()
    {
        var all = Enumerable.Range(0, 20).AsParallel().WithDegreeOfParallelism(10).Select(_ => SiloPorts.Take()).ToArray();
        Assert.Equal(40, all.SelectMany(p => (int[])[p.Silo, p.Gateway]).Distinct().Count());
        Array.ForEach(all, p => p.Dispose());
    }

    private static async Task<int> EndAsync(Action<WebApplication, CancellationTokenSource> end)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<Readiness>();
        await using var app = builder.Build();
        using var stop = new CancellationTokenSource();
        await ClvHost.StartAsync(app, "http://127.0.0.1:0", stop.Token);
        var waiting = ClvHost.WaitAsync(app, stop.Token);
        end(app, stop);
        return await waiting;
    }
}
