using System.Diagnostics;

namespace ClvOrleans.Server.Tests.Clients;

/// <summary>A script of <c>tests/clients</c>, run by Node; the test is skipped where Node or what the script needs is missing.</summary>
internal sealed class NodeScript : IDisposable
{
    private static readonly string Folder = Path.Combine(SharedData.Root(), "tests", "clients");

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private NodeScript(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _error = process.StandardError.ReadToEndAsync();
    }

    public static NodeScript Start(string script, params string[] arguments) => Start(script, null, arguments);

    /// <summary>A script whose pages are signed in as the owner.</summary>
    public static async Task<NodeScript> StartSignedInAsync(RunningClv clv, string script, params string[] arguments) =>
        Start(script, await clv.LinkAsync(), arguments);

    private static NodeScript Start(string script, string? link, string[] arguments)
    {
        var node = Find("node");
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(Folder, "node_modules")),
            "The clients are not there: npm install --no-save --prefix tests/clients.");
        return new(Process.Start(new ProcessStartInfo(node, [script, .. arguments])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["CLV_LINK"] = link },
        })!);
    }

    /// <summary>Path of a program; the test is skipped where it is not installed.</summary>
    public static string Find(string program)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, $"{program} is not installed.");
        return path;
    }

    public void WriteLine(string line) => _process.StandardInput.WriteLine(line);

    /// <summary>
    /// What the script printed. <exception cref="InvalidOperationException">It failed, or did not end in time.</exception>
    /// </summary>
    public async Task<string> EndAsync(TimeSpan within)
    {
        using var limit = new CancellationTokenSource(within);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        var (output, error) = (await _output, await _error);
        return _process.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException($"Exit status {_process.ExitCode}: {error}");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
