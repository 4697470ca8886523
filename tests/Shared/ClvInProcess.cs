using ClvOrleans.Server.Hosting;

namespace ClvOrleans.Tests;

/// <summary>
/// The command line in the process of the tests, where the program is compiled once instead of once a command. <see cref="ClvProcess"/>
/// is for what only a process has: its end, its memory, and the log of a service.
/// </summary>
internal sealed class ClvInProcess : RunningClv
{
    private readonly CancellationTokenSource _end;
    private readonly Task<int> _run;

    // Models change when a test asks for it, not while it looks.
    static ClvInProcess() => Environment.SetEnvironmentVariable("Retraining__FirstAt", "0");

    private ClvInProcess(Uri address, string folder, CancellationTokenSource end, Task<int> run) : base(address, folder) =>
        (_end, _run) = (end, run);

    /// <summary>Serves a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="address">Where.</param>
    /// <param name="options">More of <c>clv serve</c>.</param>
    public static async Task<ClvInProcess> ServeAsync(
        string folder, string address = "http://127.0.0.1:0", params string[] options)
    {
        var end = new CancellationTokenSource();
        var console = new CapturedConsole();
        var run = console.RunAsync([.. Serve(folder, address), .. options], end.Token);
        if (await Task.WhenAny(console.FirstLine, run) == run)
        {
            throw new InvalidOperationException($"Exit status {await run}: {console.Error}");
        }

        return new ClvInProcess(FindAddress(await console.FirstLine)!, folder, end, run);
    }

    /// <summary>Serves a folder with options that a process has from its environment.</summary>
    /// <param name="environment">Options, such as Email__Host=127.0.0.1.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="address">Where.</param>
    public static async Task<ClvInProcess> ServeWithAsync(string[] environment, string folder, string address = "http://127.0.0.1:0")
    {
        var settings = environment.Select(o => o.Split('=', 2)).ToDictionary(o => o[0], string? (o) => o[1]);
        settings.Remove("CLV_POSTGRES", out var postgres);
        var app = ClvHost.Build(new ProcessOptions(folder, address, WriteKey: KeyOf(folder), Postgres: postgres, Settings: settings));
        await ClvHost.StartAsync(app, address, CancellationToken.None);
        var end = new CancellationTokenSource();
        return new ClvInProcess(new Uri(app.Urls.First()), folder, end, WaitAsync());

        async Task<int> WaitAsync()
        {
            await using (app)
            {
                return await ClvHost.WaitAsync(app, end.Token);
            }
        }
    }

    /// <summary>Runs a command to its end.</summary>
    /// <param name="arguments">The command line.</param>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var console = new CapturedConsole();
        var status = await console.RunAsync(arguments, CancellationToken.None);
        return (status, console.Output, console.Error);
    }

    public override async Task<int> StopAsync()
    {
        await _end.CancelAsync();
        return await _run;
    }

    public override async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await StopAsync();
        _end.Dispose();
    }
}
