using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

[assembly: AssemblyFixture(typeof(ClvOrleans.Storage.Postgres.Tests.PostgresServerEnd))]

namespace ClvOrleans.Storage.Postgres.Tests;

/// <summary>
/// A PostgreSQL server of the test run on a free port of the loopback, in a new folder. It runs as an unprivileged user, because PostgreSQL
/// refuses root, and does not wait for the disk.
/// </summary>
public sealed class PostgresServer
{
    private static readonly Lazy<PostgresServer?> Running = new(Start);
    private readonly Process _process;
    private readonly string _folder;

    private PostgresServer(Process process, string folder, int port) => (_process, _folder, Port) = (process, folder, port);

    /// <summary>The server of this process.</summary>
    public static PostgresServer Shared
    {
        get
        {
            Assert.SkipUnless(Running.Value is not null, "PostgreSQL is not installed: apt-get install postgresql");
            return Running.Value!;
        }
    }

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>The connection string of a schema of its own.</summary>
    public string ConnectionStringFor(string schema) =>
        $"Host=127.0.0.1;Port={Port.ToString(CultureInfo.InvariantCulture)};Username=postgres;Database=postgres;Search Path={schema}";

    private static PostgresServer? Start()
    {
        if (FindTools() is not { } tools)
        {
            return null;
        }

        var folder = Directory.CreateTempSubdirectory("clv-postgres-").FullName;
        var port = FreePort();
        if (Environment.UserName == "root")
        {
            Run("chown", "postgres", folder);
        }

        RunAsUser(Path.Combine(tools, "initdb"), "-D", folder, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync").WaitForExit();
        var server = RunAsUser(
            Path.Combine(tools, "postgres"), "-D", folder, "-p", port.ToString(CultureInfo.InvariantCulture), "-k", folder, "-c",
            "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c",
            "max_connections=300", "-c", "log_min_messages=panic");
        for (var tries = 0; !IsOpen(port) && tries < 600; tries++)
        {
            Thread.Sleep(50);
        }

        return new PostgresServer(server, folder, port);
    }

    private static string? FindTools()
    {
        string[] versions = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [];
        return versions.Select(v => Path.Combine(v, "bin")).Where(v => File.Exists(Path.Combine(v, "initdb")))
            .OrderByDescending(v => v, StringComparer.Ordinal).FirstOrDefault();
    }

    /// <summary>Ends the server of this process, if one was begun.</summary>
    internal static void End()
    {
        if (!Running.IsValueCreated || Running.Value is not { } server)
        {
            return;
        }

        Run("kill", "-INT", File.ReadLines(Path.Combine(server._folder, "postmaster.pid")).First());
        server._process.WaitForExit();
        Directory.Delete(server._folder, recursive: true);
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
