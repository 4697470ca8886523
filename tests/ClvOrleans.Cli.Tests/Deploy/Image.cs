using System.Diagnostics;
using System.IO.Enumeration;

namespace ClvOrleans.Cli.Tests.Deploy;

/// <summary>
/// What <c>docker build</c> would make, without Docker: each stage is a folder, into which the Dockerfile's <c>COPY</c> instructions bring
/// what <c>.dockerignore</c> leaves, and in which its <c>RUN</c> instructions run. What they install, this machine has.
/// </summary>
public sealed class Image : IAsyncLifetime
{
    private readonly string _root = TemporaryFolder.New("clv-image-");

    internal Dockerfile Dockerfile { get; } = Dockerfile.Read(Path.Combine(SharedData.Root(), "deploy", "Dockerfile"));

    /// <summary>Folder of the last stage's <c>WORKDIR</c>.</summary>
    public string App { get; private set; } = "";

    /// <summary>Where the image's own libraries are looked for, whatever its processor.</summary>
    public string Libraries => PathIn(Dockerfile.Stages.Count - 1, "/usr/lib");

    public async ValueTask InitializeAsync()
    {
        // Others than its owner, such as the user of the container, must come by.
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_root, (UnixFileMode)0b111_101_101);
        }

        for (var stage = 0; stage < Dockerfile.Stages.Count; stage++)
        {
            foreach (var (name, arguments) in Dockerfile.Stages[stage])
            {
                switch (name)
                {
                    case "WORKDIR":
                        App = Directory.CreateDirectory(PathIn(stage, arguments)).FullName;
                        break;
                    case "COPY":
                        Copy(stage, arguments.Split(' '));
                        break;
                    case "RUN" when !arguments.StartsWith("apt-get ", StringComparison.Ordinal):
                        await RunAsync(arguments);
                        break;
                }
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_root, recursive: true);
        return ValueTask.CompletedTask;
    }

    private string PathIn(int stage, string path) => Path.Combine(_root, $"stage-{stage}", path.TrimStart('/'));

    private void Copy(int stage, string[] arguments)
    {
        var paths = arguments.Where(a => !a.StartsWith("--", StringComparison.Ordinal)).ToArray();
        var target = paths[^1].StartsWith('/') ? PathIn(stage, paths[^1]) : Path.Combine(App, paths[^1]);
        foreach (var source in paths[..^1])
        {
            var earlier = arguments[0].StartsWith("--from", StringComparison.Ordinal);
            var files = earlier ? FilesUnder(PathIn(0, source)) : FilesOfContext(source);
            foreach (var (file, name) in files)
            {
                var copy = Path.Combine(target, name);
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy, overwrite: true);
            }
        }
    }

    private static IEnumerable<(string File, string Name)> FilesUnder(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => (file, Path.GetRelativePath(folder, file)));

    // The patterns of .dockerignore are of three kinds here: everything (*), but a name (!name), without the folders of a name (**/name).
    private static List<(string File, string Name)> FilesOfContext(string source)
    {
        var context = SharedData.Root();
        var ignore = File.ReadAllLines(Path.Combine(context, ".dockerignore"));
        Assert.Contains("*", ignore);
        Assert.Contains($"!{source.Split('/')[0]}", ignore);
        var left = ignore.Where(l => l.StartsWith("**/", StringComparison.Ordinal)).Select(l => l[3..]).ToArray();
        var path = Path.Combine(context, source);
        var files = Directory.Exists(path)
            ? FilesUnder(path).Where(f => !f.Name.Split('/').Intersect(left).Any()).ToList()
            : [.. Directory.EnumerateFiles(Path.GetDirectoryName(path)!)
                .Where(f => FileSystemName.MatchesSimpleExpression(Path.GetFileName(source), Path.GetFileName(f), ignoreCase: false))
                .Select(f => (f, Path.GetFileName(f)))];
        Assert.NotEmpty(files);
        return files;
    }

    private async Task RunAsync(string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-ec", command])
        {
            WorkingDirectory = App,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // No compiler outlives the test. What analyzers say was said of the same files when the tests were built.
            Environment = { ["MSBUILDDISABLENODEREUSE"] = "1", ["UseSharedCompilation"] = "false", ["RunAnalyzers"] = "false" },
        })!;
        var error = shell.StandardError.ReadToEndAsync();
        var output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        Assert.True(shell.ExitCode == 0, $"{command}: {output}{await error}");
    }
}
