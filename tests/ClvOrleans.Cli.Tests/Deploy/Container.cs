using System.Diagnostics;

namespace ClvOrleans.Cli.Tests.Deploy;

/// <summary>
/// What <c>docker run</c> would start, without Docker: the image's command with its environment, as a user who may write nothing but the
/// data folder.
/// </summary>
internal sealed class Container : IDisposable
{
    private readonly Image _image;
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;
    private readonly int _port;

    private Container(Image image, string data, int port, string? writeKey)
    {
        (_image, _port) = (image, port);
        _process = Start(image.Dockerfile.Command, data, writeKey);
        (_output, _error) = (_process.StandardOutput.ReadToEndAsync(), _process.StandardError.ReadToEndAsync());
    }

    public Uri Address => new($"http://127.0.0.1:{_port}");

    /// <summary>A folder that any user may write.</summary>
    public static string NewVolume()
    {
        var folder = ClvProcess.NewFolder();
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_111);
        }

        return folder;
    }

    public static Container Run(Image image, string volume, string? writeKey) => new(image, volume, FreePort.Find(), writeKey);

    /// <summary>Whether the image's health check succeeds.</summary>
    public async Task<bool> IsHealthyAsync()
    {
        using var check = Start(_image.Dockerfile.HealthCheck, "/nowhere", null);
        await check.WaitForExitAsync();
        return check.ExitCode == 0;
    }

    public async Task UntilHealthyAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!await IsHealthyAsync())
        {
            limit.Token.ThrowIfCancellationRequested();
            Assert.False(_process.HasExited, _process.HasExited ? await _error : "");
        }
    }

    /// <summary>What <c>docker stop</c> begins with.</summary>
    public void Terminate() => Process.Start("kill", ["-TERM", $"{_process.Id}"]).WaitForExit();

    public bool EndsWithin(TimeSpan time) => _process.WaitForExit(time);

    public async Task<(int Status, string Error)> EndAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await _process.WaitForExitAsync(limit.Token);
        await _output;
        return (_process.ExitCode, await _error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    // setpriv replaces itself with the command, so its process is the command's.
    private Process Start(string[] command, string data, string? writeKey)
    {
        string[] unprivileged = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : [];
        string[] words = [.. unprivileged, .. command.Select(Placed)];
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            WorkingDirectory = _image.App,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in _image.Dockerfile.Environment)
        {
            start.Environment[name] = value == _image.Dockerfile.Of("VOLUME") ? data : Placed(value);
        }

        start.Environment["CLV_WRITE_KEY"] = writeKey;
        return Process.Start(start)!;

        string Placed(string word) => word.Replace($":{_image.Dockerfile.Of("EXPOSE")}", $":{_port}", StringComparison.Ordinal);
    }
}
