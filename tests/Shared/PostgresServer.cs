using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ClvOrleans.Testing;

/// <summary>
/// A PostgreSQL server of this process on a free port of the loopback, in a new folder. It runs as an unprivileged user, because PostgreSQL
/// refuses root.
/// </summary>
internal sealed class PostgresServer : IDisposable
{
    private readonly Func<Process> _start;
    private readonly string _folder;
    private Process _process;

    private PostgresServer(Func<Process> start, string folder, int port) =>
        (_start, _process, _folder, Port) = (start, start(), folder, port);

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>The connection string of a schema of its own.</summary>
    public string ConnectionStringFor(string schema) =>
        $"Host=127.0.0.1;Port={Port.ToString(CultureInfo.InvariantCulture)};Username=postgres;Database=postgres;Search Path={schema}";

    /// <summary>Starts a server; null where PostgreSQL is not installed.</summary>
    /// <param name="isDurable">Whether commits wait for the disk.</param>
    public static PostgresServer? Start(bool isDurable = false)
    {
        if (FindTools() is not { } tools)
        {
            return null;
        }

        var folder = Directory.CreateTempSubdirectory("clv-postgres-").FullName;
        var (port, on) = (FreePort(), isDurable ? "on" : "off");
        if (Environment.UserName == "root")
        {
            Run("chown", "postgres", folder);
        }

        RunAsUser(
            Path.Combine(tools, "initdb"), "-D", folder, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C",
            "--no-sync").WaitForExit();
        return new PostgresServer(Serve, folder, port);

        Process Serve()
        {
            var server = RunAsUser(
                Path.Combine(tools, "postgres"), "-D", folder, "-p", port.ToString(CultureInfo.InvariantCulture), "-k", folder, "-c",
                "listen_addresses=127.0.0.1", "-c", "max_connections=300", "-c", "log_min_messages=panic", "-c", $"fsync={on}", "-c",
                $"synchronous_commit={on}", "-c", $"full_page_writes={on}");
            for (var tries = 0; !IsOpen(port) && tries < 600; tries++)
            {
                Thread.Sleep(50);
            }

            return server;
        }
    }

    /// <summary>Ends it: connections are cut off.</summary>
    public void Stop()
    {
        Run("kill", "-INT", File.ReadLines(Path.Combine(_folder, "postmaster.pid")).First());
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>Starts it again, at the same port over the same files.</summary>
    public void Restart() => _process = _start();

    private static string? FindTools()
    {
        string[] versions = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [];
        return versions.Select(v => Path.Combine(v, "bin")).Where(v => File.Exists(Path.Combine(v, "initdb")))
            .OrderByDescending(v => v, StringComparer.Ordinal).FirstOrDefault();
    }

    /// <summary>Ends it, and removes its folder.</summary>
    public void Dispose()
    {
        if (File.Exists(Path.Combine(_folder, "postmaster.pid")))
        {
            Stop();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static Process RunAsUser(string program, params string[] arguments) => Environment.UserName == "root"
        ? Begin("runuser", ["-u", "postgres", "--", program, .. arguments])
        : Begin(program, arguments);

    private static void Run(string program, params string[] arguments) => Begin(program, arguments).WaitForExit();

    private static Process Begin(string program, string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        RedirectStandardOutput = true,
        WorkingDirectory = "/",
    })!;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static bool IsOpen(int port)
    {
        try
        {
            using var client = new TcpClient();
            client.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
