using System.Diagnostics;

namespace ClvOrleans.Tests;

/// <summary>The real executable, serving a folder of its own on a free port.</summary>
internal sealed class ClvProcess : RunningClv
{
    private readonly Process _process;

    private ClvProcess(Process process, Uri address, string folder) : base(address, folder) => _process = process;

    public int Id => _process.Id;

    public static string NewFolder() => TemporaryFolder.New();

    /// <summary>Serves a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="address">Where.</param>
    /// <param name="environment">Options, such as Email__Host=127.0.0.1.</param>
    public static async Task<ClvProcess> ServeAsync(string folder, string address = "http://127.0.0.1:0", params string[] environment)
    {
        var process = Start(environment, Serve(folder, address));
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (FindAddress(line) is { } served)
            {
                return new ClvProcess(process, served, folder);
            }
        }

        throw new InvalidOperationException(await process.StandardError.ReadToEndAsync());
    }

    public static Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) => RunWithAsync([], arguments);

    /// <summary>Runs a command to its end.</summary>
    /// <param name="environment">Options, such as Jobs__AtOnce=1.</param>
    /// <param name="arguments">The command line.</param>
    public static async Task<(int ExitCode, string Output, string Error)> RunWithAsync(string[] environment, params string[] arguments)
    {
        using var process = Start(environment, arguments);
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await error);
    }

    /// <summary>Asks the process to end (SIGTERM); its exit status.</summary>
    public override async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public async Task KillAsync()
    {
        _process.Kill(); // SIGKILL
        await _process.WaitForExitAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await KillAsync();
        _process.Dispose();
    }

    public static Process Start(params string[] arguments) => Start([], arguments);

    public static Process Start(string[] environment, string[] arguments)
    {
        // A shell's background job ignores SIGINT, and so would all that is started from it.
        string[] launcher = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", "dotnet"] : ["dotnet"];
        var start = new ProcessStartInfo(launcher[0], launcher[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "clv.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // Models change when a test asks for it, not while it looks.
        start.Environment["Retraining__FirstAt"] = "0";
        foreach (var option in environment)
        {
            start.Environment[option.Split('=', 2)[0]] = option.Split('=', 2)[1];
        }

        return Process.Start(start)!;
    }
}
