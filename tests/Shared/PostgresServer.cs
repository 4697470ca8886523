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
    private readonly string _tools;
    private readonly string _folder;
    private readonly string[] _settings;
    private Process _process;

    private PostgresServer(string tools, string folder, int port, string[] settings)
    {
        (_tools, _folder, Port, _settings) = (tools, folder, port, settings);
        _process = Serve();
    }

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>The connection string of a schema of its own.</summary>
    public string ConnectionStringFor(string schema) =>
        $"Host=127.0.0.1;Port={Port.ToString(CultureInfo.InvariantCulture)};Username=postgres;Database=postgres;Search Path={schema}";

    /// <summary>Starts a server; null where PostgreSQL is not installed.</summary>
    /// <param name="isDurable">Whether commits wait for the disk.</param>
    /// <param name="folder">An empty folder for its files; by default a new one.</param>
    /// <param name="isReachable">Whether it listens on all addresses of this machine.</param>
    public static PostgresServer? Start(bool isDurable = false, string? folder = null, bool isReachable = false)
    {
        if (FindTools() is not { } tools)
        {
            return null;
        }

        folder = NewFolder(folder);
        var on = isDurable ? "on" : "off";
        RunAsUser(
            Path.Combine(tools, "initdb"), "-D", folder, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C",
            "--no-sync").WaitForExit();
        string[] settings = [$"fsync={on}", $"synchronous_commit={on}", $"full_page_writes={on}"];
        if (isReachable)
        {
            File.AppendAllText(Path.Combine(folder, "pg_hba.conf"), "host all all all trust\n");
            settings = [.. settings, "listen_addresses=*"];
        }

        return new PostgresServer(tools, folder, FreePort.Find(), settings);
    }

    /// <summary>Starts a second server that follows this one, as a copy of its files.</summary>
    public PostgresServer StartStandby()
    {
        var folder = NewFolder(null);
        var copying = RunAsUser(
            Path.Combine(_tools, "pg_basebackup"), "-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture), "-U", "postgres",
            "-D", folder, "-R", "-c", "fast");
        copying.WaitForExit();
        return copying.ExitCode == 0
            ? new PostgresServer(_tools, folder, FreePort.Find(), _settings)
            : throw new InvalidOperationException("pg_basebackup has failed.");
    }

    /// <summary>Ends it: connections are cut off.</summary>
    public void Stop() => End("INT");

    /// <summary>Ends it without a checkpoint: the next start recovers from the log.</summary>
    public void Kill() => End("QUIT");

    /// <summary>Whether it runs.</summary>
    public bool IsRunning => !_process.HasExited;

    /// <summary>Starts it again, at the same port over the same files.</summary>
    public void Restart() => _process = Serve();

    /// <summary>Makes a server that follows another one a primary.</summary>
    public void Promote() => RunAsUser(Path.Combine(_tools, "pg_ctl"), "-D", _folder, "-w", "promote").WaitForExit();

    private static string? FindTools()
    {
        string[] versions = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [];
        return versions.Select(v => Path.Combine(v, "bin")).Where(v => File.Exists(Path.Combine(v, "initdb")))
            .OrderByDescending(v => v, StringComparer.Ordinal).FirstOrDefault();
    }

    /// <summary>Ends it, and removes its folder.</summary>
    public void Dispose()
    {
        if (IsRunning)
        {
            Stop();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private Process Serve()
    {
        string[] settings = [
            "listen_addresses=127.0.0.1", "max_connections=300", "log_min_messages=panic", $"unix_socket_directories={_folder}", .. _settings
        ];
        var server = RunAsUser(
            Path.Combine(_tools, "postgres"),
            ["-D", _folder, "-p", Port.ToString(CultureInfo.InvariantCulture), .. settings.SelectMany(s => new[] { "-c", s })]);
        for (var tries = 0; !IsOpen(Port) && tries < 600; tries++)
        {
            Thread.Sleep(50);
        }

        return server;
    }

    private void End(string signal)
    {
        Run("kill", "-" + signal, File.ReadLines(Path.Combine(_folder, "postmaster.pid")).First());
        _process.WaitForExit();
    }

    private static string NewFolder(string? folder)
    {
        folder ??= Directory.CreateTempSubdirectory("clv-postgres-").FullName;
        if (Environment.UserName == "root")
        {
            Run("chown", "postgres", folder);
        }

        return folder;
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
