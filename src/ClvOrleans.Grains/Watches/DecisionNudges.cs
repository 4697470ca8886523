using System.Collections.Concurrent;
using ClvOrleans.Contracts;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Grains.Watches;

/// <summary>
/// Tells the shards of a silo's commits that there may be something to decide: at once, one message a shard for all commits of a moment,
/// off the customers' turns. What is not heard is found by the next watch.
/// </summary>
public sealed class DecisionNudges(IGrainFactory grains)
{
    private readonly ConcurrentDictionary<(StoreId Store, int Shard), bool> _asked = new();
    private int _isSending;

    /// <summary>Has a shard look for something to decide.</summary>
    public void Nudge(StoreId store, int shard)
    {
        if (_asked.TryAdd((store, shard), true) && Interlocked.Exchange(ref _isSending, 1) == 0)
        {
            _ = Task.Run(SendAsync);
        }
    }

    // What is asked after the last look at the list finds nobody sending, and sends itself.
    private async Task SendAsync()
    {
        do
        {
            foreach (var (asked, _) in _asked)
            {
                _asked.TryRemove(asked, out _);
                try
                {
                    await grains.GetDecisions(asked.Store, asked.Shard).NudgeAsync();
                }
                catch (Exception)
                {
                    // The next watch.
                }
            }

            Interlocked.Exchange(ref _isSending, 0);
        }
        while (!_asked.IsEmpty && Interlocked.Exchange(ref _isSending, 1) == 0);
    }
}
