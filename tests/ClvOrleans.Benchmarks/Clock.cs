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

    /// <summary>Microseconds of a call, in the middle of 2,001 runs of a hundred; its argument is the number of the call.</summary>
    public static double Median(Func<int, float> work)
    {
        const int calls = 100;
        var times = new double[2_001];
        var sum = 0f;
        for (var i = 0; i < times.Length; i++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var call = 0; call < calls; call++)
            {
                sum += work((i * calls) + call);
            }

            times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds / calls;
        }

        Array.Sort(times);
        return float.IsNaN(sum) ? double.NaN : times[times.Length / 2];
    }

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"{Wall:F3} s ({Processor:F3} s of processor)");
}
