using System.Diagnostics;

namespace ClvOrleans.Cli.Tests.Demo;

/// <summary>The real <c>clv demo</c> from its opening on.</summary>
internal sealed class RunningDemo : IAsyncDisposable
{
    private readonly Process _process;

    private RunningDemo(Process process, Uri address, string folder, IReadOnlyList<string> examples)
    {
        _process = process;
        Http = OwnerKey.Client(address, folder);
        Examples = examples;
    }

    public HttpClient Http { get; }

    /// <summary>The requests that it printed.</summary>
    public IReadOnlyList<string> Examples { get; }

    public static async Task<RunningDemo> StartAsync(string folder, string[] arguments, CancellationToken cancellation)
    {
        // As its users see it: the first buyers make a model before the training does.
        var process = ClvProcess.Start(["Retraining__FirstAt=10"], arguments);
        await using var late = cancellation.Register(process.Kill);
        Uri? address = null;
        var examples = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(cancellation) is { } line)
        {
            if (line.Split(" is open at ") is [_, var rest])
            {
                address = new Uri(rest.Split(' ')[0]);
            }
            else if (line.TrimStart().StartsWith("curl ", StringComparison.Ordinal))
            {
                examples.Add(line.Trim());
            }
            else if (line.Contains("Ctrl-C", StringComparison.Ordinal))
            {
                return new RunningDemo(process, address!, folder, examples);
            }
        }

        throw new InvalidOperationException(await process.StandardError.ReadToEndAsync(cancellation));
    }

    /// <summary>Ctrl-C; the exit status, and what was said on standard error.</summary>
    public async Task<(int Status, string Error)> InterruptAsync(CancellationToken cancellation)
    {
        using var kill = Process.Start("kill", ["-INT", $"{_process.Id}"]);
        await _process.WaitForExitAsync(cancellation);
        return (_process.ExitCode, await _process.StandardError.ReadToEndAsync(cancellation));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
