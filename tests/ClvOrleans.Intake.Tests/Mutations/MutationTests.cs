using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using ClvOrleans.Intake.Files;

namespace ClvOrleans.Intake.Tests.Mutations;

/// <summary>
/// Mutants of all public files and bodies, through the tracking API and every reader of files: none crashes or hangs, and every line is
/// accounted for. <c>CLV_MUTATIONS</c> says how many (default 2,000), <c>CLV_MUTATIONS_FROM</c> from which seed; a failure names its own.
/// </summary>
public sealed class MutationTests
{
    private const int OfOneSeed = 100;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Hanging = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task No_mutant_crashes_hangs_or_loses_a_line()
    {
        var corpus = Corpus.Read();
        var (count, from) = (Setting("CLV_MUTATIONS", 2_000), Setting("CLV_MUTATIONS_FROM", 1));
        var (wrong, running) =
            (new ConcurrentDictionary<string, string>(), new ConcurrentDictionary<int, (long Since, string What, byte[] Mutant)>());
        var (next, last) = (from - 1, from + ((count + OfOneSeed - 1) / OfOneSeed) - 1);

        // On threads of their own: what waits for the pool to give it a thread is not what a mutant takes.
        var all = Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Factory.StartNew(
            () =>
            {
                for (int seed; (seed = Interlocked.Increment(ref next)) <= last;)
                {
                    TrySeed(seed);
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        // What hangs is named, and not waited for.
        while (await Task.WhenAny(all, Task.Delay(Longest)) != all)
        {
            var hanging = running.Values.Where(r => Stopwatch.GetElapsedTime(r.Since) > Hanging).ToArray();
            Assert.True(
                hanging.Length == 0, string.Join('\n', hanging.Select(h => $"{h.What}: it hangs: {Convert.ToBase64String(h.Mutant)}")));
        }

        await all;
        Assert.True(wrong.IsEmpty, string.Join('\n', wrong.Take(5).Select(w => $"{w.Key}: {w.Value}")));

        void TrySeed(int seed)
        {
            var mutator = new Mutator(corpus, seed);
            for (var i = 0; i < OfOneSeed; i++)
            {
                var mutant = mutator.Next();
                Try(
                    mutant, $"CLV_MUTATIONS={OfOneSeed} CLV_MUTATIONS_FROM={seed}, mutant {i}",
                    what => running[seed] = (Stopwatch.GetTimestamp(), what, mutant), wrong);
            }

            running.TryRemove(seed, out _);
        }
    }

    private static void Try(byte[] mutant, string name, Action<string> begin, ConcurrentDictionary<string, string> wrong)
    {
        foreach (var (door, ordeal) in HistoryReaders.All.Select(r => (r.Format, (Func<byte[], string?>)(b => Ordeal.OfFile(r, b))))
            .Append(("body", Ordeal.OfBody)))
        {
            begin($"{name}, {door}");
            if (Judge(ordeal, mutant) is { } flaw)
            {
                // One of a kind is enough; the first line of a message is its kind.
                wrong.TryAdd($"{door}: {flaw.Split('\n')[0]}", $"{name}: {flaw} {Convert.ToBase64String(mutant)}");
            }
        }
    }

    // A machine that does something else may take a second now and then, and not twice.
    private static string? Judge(Func<byte[], string?> ordeal, byte[] mutant)
    {
        try
        {
            return Took(ordeal, mutant, out var flaw) > Longest && Took(ordeal, mutant, out _) is var again && again > Longest
                ? string.Create(CultureInfo.InvariantCulture, $"it took {again.TotalSeconds} s")
                : flaw;
        }
        catch (Exception e)
        {
            return e.ToString();
        }
    }

    private static TimeSpan Took(Func<byte[], string?> ordeal, byte[] mutant, out string? flaw)
    {
        var start = Stopwatch.GetTimestamp();
        flaw = ordeal(mutant);
        return Stopwatch.GetElapsedTime(start);
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
