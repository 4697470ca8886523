using ClvOrleans.Server.Stores;
using ClvOrleans.Storage;
using ClvOrleans.Storage.Sources;

namespace ClvOrleans.Server.Sources;

/// <summary>
/// Counts what becomes of the events of each source, in memory: an event pays an addition for it. <see cref="FlushAsync"/> brings what was
/// counted to the store, where the counts of all silos come together.
/// </summary>
internal sealed class SourceLedger(OneStore store, ISourceCounts counts, TimeProvider time)
{
    private readonly Lock _lock = new();
    private Dictionary<(string Source, SourceOutcome Outcome, string Code), (long Events, DateTimeOffset LastAt)> _pending = [];
    private Task _flush = Task.CompletedTask;

    /// <summary>Counts events of an outcome and a reason.</summary>
    public void Count(string source, SourceOutcome outcome, string code = "", long events = 1)
    {
        if (events == 0)
        {
            return;
        }

        lock (_lock)
        {
            Add((source, outcome, code), events, time.GetUtcNow());
        }
    }

    /// <summary>Counts one event of an outcome for each of the reasons.</summary>
    public void Count(string source, SourceOutcome outcome, IEnumerable<string> codes)
    {
        foreach (var code in codes.CountBy(c => c))
        {
            Count(source, outcome, code.Key, code.Value);
        }
    }

    /// <summary>
    /// Adds what was counted to the store, after what a flush that is under way has taken: whoever reads then misses nothing. What cannot
    /// be written is kept for the next time.
    /// </summary>
    public Task FlushAsync(CancellationToken cancellation = default)
    {
        lock (_lock)
        {
            return _flush = FlushAfterAsync(_flush, cancellation);
        }
    }

    /// <summary>The counts of all time and all silos, those of this one to the moment.</summary>
    public async Task<IReadOnlyList<SourceCount>> ReadAsync(CancellationToken cancellation = default)
    {
        try
        {
            await FlushAsync(cancellation);
        }
        catch (Exception e) when (e is StorageUnavailableException or JournalFullException)
        {
            // What was counted last is shown when it can be written.
        }

        return await counts.ReadAsync(store.Settings.Id, cancellation);
    }

    private async Task FlushAfterAsync(Task before, CancellationToken cancellation)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        var taken = Take();
        if (taken.Count == 0)
        {
            return;
        }

        try
        {
            await counts.AddAsync(
                store.Settings.Id,
                [.. taken.Select(t => new SourceCount(t.Key.Source, t.Key.Outcome, t.Key.Code, t.Value.Events, t.Value.LastAt))],
                cancellation);
        }
        catch
        {
            lock (_lock)
            {
                foreach (var (key, count) in taken)
                {
                    Add(key, count.Events, count.LastAt);
                }
            }

            throw;
        }
    }

    private Dictionary<(string Source, SourceOutcome Outcome, string Code), (long Events, DateTimeOffset LastAt)> Take()
    {
        lock (_lock)
        {
            (var taken, _pending) = (_pending, []);
            return taken;
        }
    }

    private void Add((string Source, SourceOutcome Outcome, string Code) key, long events, DateTimeOffset at)
    {
        var before = _pending.GetValueOrDefault(key);
        _pending[key] = (before.Events + events, at > before.LastAt ? at : before.LastAt);
    }
}
