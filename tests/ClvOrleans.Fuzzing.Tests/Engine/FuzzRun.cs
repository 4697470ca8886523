using System.Diagnostics;
using System.Globalization;

namespace ClvOrleans.Fuzzing.Tests.Engine;

/// <summary>
/// Parses changed inputs, keeps those that reach what no other did, and changes these further. The same seed makes the same inputs. The
/// input under way is in a file, for a parser that ends the process or never returns.
/// </summary>
internal sealed class FuzzRun(FuzzTarget target, int seed)
{
    private const int LongestInput = 4_096;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Hanging = TimeSpan.FromSeconds(30);
    private readonly Coverage _coverage = new();
    private readonly Random _random = new(seed);
    private readonly List<byte[]> _corpus = [];
    private long _began;
    private int _number;

    /// <summary>Runs so many inputs. What is wrong with the first that is, and the input; null where none is.</summary>
    public string? Run(int inputs)
    {
        var path = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"clv-fuzz-{target.Name}-{seed}"));
        using var underWay = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        using var watch = new Timer(_ => EndWhereItHangs(path), null, Hanging, Hanging);
        var mutator = new Mutator(_random, target.Words, LongestInput);
        for (_number = 0; _number < inputs; _number++)
        {
            var input = _number < target.Seeds.Count ? target.Seeds[_number] : mutator.Next(Pick(), Pick());
            RandomAccess.SetLength(underWay, input.Length);
            RandomAccess.Write(underWay, input, 0);
            if (Try(input) is { } flaw)
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{target.Name}, input {_number} of seed {seed}: {flaw}\nCLV_FUZZ_INPUT={Convert.ToBase64String(input)}");
            }

            if (_coverage.Add())
            {
                _corpus.Add(input);
            }
        }

        File.Delete(path);
        return null;
    }

    /// <summary>What is wrong with how an input is parsed; null where nothing is.</summary>
    public string? Try(byte[] input)
    {
        var (took, flaw) = Time(input);
        return flaw ?? (took > Longest && Time(input).Took is var again && again > Longest
            ? string.Create(CultureInfo.InvariantCulture, $"it took {again.TotalSeconds:0.0} s.")
            : null);
    }

    /// <inheritdoc />
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{target.Name}: {_number} inputs, {_coverage.Pairs} pairs of branches, {_corpus.Count} inputs kept");

    private (TimeSpan Took, string? Flaw) Time(byte[] input)
    {
        Coverage.Clear();
        Volatile.Write(ref _began, Stopwatch.GetTimestamp());
        string? flaw = null;
        try
        {
            target.Parse(input);
        }
        catch (Exception e) when (!target.Refusals.Contains(e.GetType()))
        {
            flaw = e.ToString();
        }
        catch (Exception)
        {
            // Refused.
        }

        var took = Stopwatch.GetElapsedTime(_began);
        Volatile.Write(ref _began, 0);
        return (took, flaw);
    }

    // The latest are changed more often: they reach furthest.
    private byte[] Pick() => _corpus.Count == 0 ? target.Seeds[0]
        : _random.Next(3) == 0 ? _corpus[^(1 + _random.Next(Math.Min(_corpus.Count, 16)))]
        : _corpus[_random.Next(_corpus.Count)];

    private void EndWhereItHangs(string path)
    {
        if (Volatile.Read(ref _began) is var began and not 0 && Stopwatch.GetElapsedTime(began) > Hanging)
        {
            Environment.FailFast($"{target.Name} hangs: the input is in {path}.");
        }
    }
}
