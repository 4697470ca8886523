namespace ClvOrleans.Reliability.Tests.Soak;

/// <summary>
/// The memory of a process over time, in equal parts. Of each part the least counts: what the collector is about to free comes on top of
/// it, now more and now less. A leak lifts the least too.
/// </summary>
internal sealed class MemoryCurve(TimeSpan duration)
{
    /// <summary>Parts of the time.</summary>
    public const int Parts = 20;

    // What a start still fills is no leak.
    private const int Left = Parts / 4;
    private readonly List<long>[] _samples = [.. Enumerable.Range(0, Parts).Select(_ => new List<long>())];

    /// <summary>The least of each part that was looked at, in MB.</summary>
    public IEnumerable<long> Least => _samples.Where(s => s.Count > 0).Select(s => s.Min());

    /// <summary>The mean of the parts that count, in MB.</summary>
    public double Level => Points.Average(p => p.Megabytes);

    /// <summary>How much memory grows in the whole time, in MB, as the parts that count say, by least squares.</summary>
    public double Growth
    {
        get
        {
            var (x, y) = (Points.Average(p => p.Part), Level);
            return Parts * Points.Sum(p => (p.Part - x) * (p.Megabytes - y)) / Points.Sum(p => (p.Part - x) * (p.Part - x));
        }
    }

    private IEnumerable<(int Part, double Megabytes)> Points => Enumerable.Range(Left, Parts - Left)
        .Where(part => _samples[part].Count > 0).Select(part => (part, (double)_samples[part].Min()));

    /// <summary>Takes in how much it was after some time; of a later time than the whole nothing.</summary>
    public void Add(TimeSpan at, long megabytes)
    {
        if (at < duration)
        {
            _samples[(int)(at / duration * Parts)].Add(megabytes);
        }
    }
}
