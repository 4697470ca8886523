using System.Collections.Concurrent;
using System.Globalization;

namespace ClvOrleans.Server.Imports;

/// <summary>What this process does of imports itself: uploads that come in, dry runs, and files that its own command imports.</summary>
internal sealed class RunningImports
{
    private readonly ConcurrentDictionary<string, Func<ImportProgress>> _runs = new(StringComparer.Ordinal);
    private int _number;

    /// <summary>Lists a run until the answer is disposed.</summary>
    public IDisposable Add(string? name, Func<ImportProgress> run)
    {
        var key = name ?? Next();
        while (!_runs.TryAdd(key, run))
        {
            key = name is null ? Next() : $"{name}-{Next()}";
        }

        return new Entry(() => _runs.TryRemove(key, out _));
    }

    /// <summary>Their names, and how far they are.</summary>
    public IReadOnlyDictionary<string, ImportProgress> List() => _runs.ToDictionary(r => r.Key, r => r.Value());

    private string Next() => Interlocked.Increment(ref _number).ToString(CultureInfo.InvariantCulture);

    private sealed class Entry(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
