using System.Diagnostics;
using System.Globalization;
using ClvOrleans.Training.Reviews;
using ClvOrleans.Valuation.Reviews;

namespace ClvOrleans.Benchmarks.Reviews;

/// <summary>How well ratings are told from words, and how long that takes.</summary>
internal static class ReviewBenchmark
{
    /// <summary>Prints the trial of a file: a review a line, its words and its stars parted by a tab.</summary>
    public static void Run(string path)
    {
        RatedReview[] reviews =
        [
            .. File.ReadLines(path).Select(l => l.Split('\t')).Select((f, i) => new RatedReview(
                DateTimeOffset.UnixEpoch.AddMinutes(i), (int)(decimal.Parse(f[1], CultureInfo.InvariantCulture) * 100), f[0])),
        ];
        var clock = Stopwatch.StartNew();
        var training = ReviewTraining.Of(reviews, 1);
        Console.WriteLine($"{reviews.Length:N0} reviews, trained in {clock.Elapsed.TotalSeconds:0.0} s: {training.Trial?.Reason}");
        if (training.Scorer is not { } scorer)
        {
            return;
        }

        // A scorer is called for one review at a time, by whichever thread has it.
        foreach (var round in Enumerable.Range(0, 3))
        {
            var times = reviews.Select(r =>
            {
                var start = Stopwatch.GetTimestamp();
                scorer.Score(r.Text);
                return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            }).Order().ToArray();
            Console.WriteLine(
                $"round {round + 1}: a review of {reviews.Average(r => r.Text.Length):0} characters takes {times[times.Length / 2]:0.0} µs "
                + $"(median), {times[times.Length * 99 / 100]:0.0} µs (99 of 100); {scorer.ToBytes().Length / 1024:N0} KiB");
        }
    }
}
