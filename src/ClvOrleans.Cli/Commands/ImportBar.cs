using System.Diagnostics;
using System.Globalization;
using ClvOrleans.Server.Imports;
using Spectre.Console;

namespace ClvOrleans.Cli.Commands;

/// <summary>Shows how far an import is: a bar on a terminal, a line now and then where the error stream is a file.</summary>
internal static class ImportBar
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan StepOfFiles = TimeSpan.FromSeconds(10);

    public static async Task<ImportResult> ShowAsync(Task<ImportResult> import, Func<ImportProgress> look, bool quiet)
    {
        var clock = Stopwatch.StartNew();
        if (quiet)
        {
            return await import;
        }

        if (!Terminal.Error.Profile.Capabilities.Interactive)
        {
            while (await Task.WhenAny(import, Task.Delay(StepOfFiles)) != import)
            {
                var now = look();
                await Console.Error.WriteLineAsync(
                    string.Create(CultureInfo.InvariantCulture, $"{Part(now):0} %  {Text(now, clock.Elapsed)}"));
            }

            return await import;
        }

        await Terminal.Error.Progress()
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask("starting");
                do
                {
                    var now = look();
                    bar.Value = Part(now);
                    bar.Description = Text(now, clock.Elapsed);
                }
                while (await Task.WhenAny(import, Task.Delay(Step)) != import);
                if (import.IsCompletedSuccessfully)
                {
                    bar.Value = bar.MaxValue;
                    bar.Description = Text(look() with { Lines = (await import).Lines }, clock.Elapsed);
                }
            });
        return await import;
    }

    private static double Part(ImportProgress progress) => progress.Of is > 0 and { } all ? 100.0 * Math.Min(progress.Bytes, all) / all : 0;

    private static string Text(ImportProgress progress, TimeSpan elapsed) => string.Create(
        CultureInfo.InvariantCulture,
        $"{progress.Lines:N0} lines, {progress.Lines / Math.Max(.001, elapsed.TotalSeconds):N0} a second, {progress.Bytes / 1e6:N1} MB");
}
