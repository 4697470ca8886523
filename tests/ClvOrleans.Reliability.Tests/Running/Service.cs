using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace ClvOrleans.Reliability.Tests.Running;

/// <summary>The real executable over a folder, from its start to its end by whatever signal.</summary>
internal sealed class Service : IAsyncDisposable
{
    public const string WriteKey = "WK";
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();

    private Service(Process process, Uri address, string folder)
    {
        (_process, Address, Folder, Client) = (process, address, folder, new Client(address, folder: folder));
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    public string Folder { get; }

    public Client Client { get; }

    /// <summary>What it has written to standard output and standard error.</summary>
    public string Log => string.Join('\n', _lines);

    public bool HasEnded => _process.HasExited;

    /// <summary>Exit status of a service that has ended.</summary>
    public int Status => _process.ExitCode;

    /// <summary>Most memory that it has had, in MB.</summary>
    public long PeakMemory => Memory("VmHWM:");

    /// <summary>Processor time that it has had.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Memory that it has now, in MB.</summary>
    public long ResidentMemory => Memory("VmRSS:");

    public static string NewFolder() => TemporaryFolder.New();

    /// <summary>Starts it, and does not wait.</summary>
    public static Service Start(string folder, ServiceOptions? options = null)
    {
        options ??= new ServiceOptions();
        var address = $"http://{options.Host}:{options.Port ?? LoopbackPort.Free()}";
        string[] key = File.Exists(Path.Combine(folder, "store.json")) ? [] : ["--write-key", WriteKey];
        return new Service(Executable.Start(["serve", "--data", folder, "--urls", address, .. key], options), new Uri(address), folder);
    }

    /// <summary>Starts it and waits until it is ready.</summary>
    public static async Task<Service> ServeAsync(string folder, ServiceOptions? options = null)
    {
        var service = Start(folder, options);
        await service.ReadyAsync();
        return service;
    }

    /// <summary>Waits until it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended or did not become ready; its log is in the message.</exception>
    public async Task ReadyAsync()
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromMinutes(2);)
        {
            if (HasEnded)
            {
                _process.WaitForExit();
                throw new InvalidOperationException($"The service ended with {Status} before it was ready:\n{Log}");
            }

            if (await ReadinessAsync() is { Status: 200 })
            {
                return;
            }

            await Task.Delay(20);
        }

        throw new InvalidOperationException($"The service did not become ready:\n{Log}");
    }

    /// <summary>The answer of /health/ready; null where there is none.</summary>
    public async Task<Answer?> ReadinessAsync()
    {
        try
        {
            return await Client.GetAsync("health/ready");
        }
        catch (Exception e) when (Client.IsLost(e))
        {
            return null;
        }
    }

    /// <summary>Waits until it is ready, or has ended, or says why it is not ready; what it says of itself then.</summary>
    public async Task<Verdict> SettleAsync()
    {
        Answer? last = null;
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(30);)
        {
            if (HasEnded)
            {
                await EndAsync();
                return new Verdict(false, true, Log);
            }

            last = await ReadinessAsync() ?? last;
            if (last is { Status: 200 })
            {
                return new Verdict(true, false, Log);
            }

            if (last is { Status: 503 } && !last.Text.Contains("starts or stops", StringComparison.Ordinal))
            {
                break;
            }

            await Task.Delay(50);
        }

        return new Verdict(false, false, last?.Text ?? Log);
    }

    public void Send(Signal signal)
    {
        if (!_process.HasExited)
        {
            using var kill = Process.Start("kill", ["-" + signal.ToString().ToUpperInvariant(), $"{_process.Id}"]);
            kill.WaitForExit();
        }
    }

    /// <summary>Kills it (SIGKILL).</summary>
    public Task KillAsync()
    {
        Send(Signal.Kill);
        return EndAsync();
    }

    /// <summary>Asks it to end (SIGTERM); its exit status.</summary>
    public async Task<int> TerminateAsync()
    {
        Send(Signal.Term);
        await EndAsync();
        return Status;
    }

    /// <summary>Waits for its end.</summary>
    public async Task EndAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await _process.WaitForExitAsync(limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Client.Dispose();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _lines.Enqueue(line);
        }
    }

    private long Memory(string name) =>
        File.ReadLines($"/proc/{_process.Id}/status").Where(l => l.StartsWith(name, StringComparison.Ordinal))
            .Select(l => long.Parse(l.Split(' ')[^2], CultureInfo.InvariantCulture) / 1024).Single();
}
