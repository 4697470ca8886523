using System.Diagnostics;

namespace ClvOrleans.Benchmarks;

/// <summary>Wall time and processor time of a piece of work.</summary>
internal sealed record Clock(double Wall, double Processor)
{
    /// <summary>Runs and times.</summary>
    public static (T Result, Clock Clock) Time<T>(Func<T> work)
    {
        var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        var result = work();
        var wall = watch.Elapsed.TotalSeconds;
        process.Refresh();
        return (result, new Clock(wall, (process.TotalProcessorTime - before).TotalSeconds));
    }

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"{Wall:F3} s ({Processor:F3} s of processor)");
}
