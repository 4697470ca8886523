using System.Collections.Concurrent;
using ClvOrleans.Contracts;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Runs;

namespace ClvOrleans.Grains.Policies;

/// <summary>
/// Tells the shards of a silo's commits that there may be something to decide: at once, one message a shard for all commits of a moment,
/// and none to those that this silo decides for; off the customers' turns. What is not heard is found by the next watch.
/// </summary>
public sealed class DecisionNudges : IDisposable
{
    private readonly ConcurrentDictionary<(StoreId Store, int Shard), bool> _asked = new();
    private readonly IGrainFactory _grains;
    private readonly DecisionRuns _runs;
    private readonly CoalescedRuns _sending;

    /// <summary>Makes it.</summary>
    public DecisionNudges(IGrainFactory grains, DecisionRuns runs) =>
        (_grains, _runs, _sending) = (grains, runs, new CoalescedRuns(_ => SendAsync()));

    /// <summary>Has a shard look for something to decide.</summary>
    public void Nudge(StoreId store, int shard)
    {
        if (!_runs.TryAsk(store, shard) && _asked.TryAdd((store, shard), true))
        {
            _sending.Ask();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _sending.Dispose();

    private async Task SendAsync()
    {
        foreach (var (asked, _) in _asked)
        {
            _asked.TryRemove(asked, out _);
            try
            {
                await _grains.GetDecisions(asked.Store, asked.Shard).NudgeAsync();
            }
            catch (Exception)
            {
                // The next watch.
            }
        }
    }
}
