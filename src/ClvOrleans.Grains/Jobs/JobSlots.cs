using ClvOrleans.Domain.Stores;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Grains.Jobs;

/// <summary>
/// How many jobs this silo may still work at: so many as the options say, and one more of a store that has none of them, so that no store's
/// long jobs are what another waits for. Of those who wait, the store goes first that has the fewest.
/// </summary>
internal sealed class JobSlots(IOptions<JobOptions> options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<StoreId, int> _taken = [];
    private readonly List<Waiting> _waiting = [];

    /// <summary>Waits for room, which is given back by disposing of the answer; null where the wait is cancelled.</summary>
    public async Task<IDisposable?> EnterAsync(StoreId store, CancellationToken cancellation)
    {
        var waiting = new Waiting(store);
        lock (_lock)
        {
            _waiting.Add(waiting);
            LetIn();
        }

        await using var watch = cancellation.Register(() => GiveUp(waiting));
        return await waiting.IsIn.Task ? new Slot(this, store) : null;
    }

    private int TakenBy(StoreId store) => _taken.GetValueOrDefault(store);

    // Who came first of those whose stores have equally many.
    private void LetIn()
    {
        while (_waiting.MinBy(w => TakenBy(w.Store)) is { } next)
        {
            var room = options.Value.AtOnce - _taken.Values.Sum();
            if (room < 0 || (room == 0 && TakenBy(next.Store) > 0))
            {
                return;
            }

            _waiting.Remove(next);
            _taken[next.Store] = TakenBy(next.Store) + 1;
            next.IsIn.SetResult(true);
        }
    }

    private void Leave(StoreId store)
    {
        lock (_lock)
        {
            _taken[store]--;
            LetIn();
        }
    }

    private void GiveUp(Waiting waiting)
    {
        lock (_lock)
        {
            if (_waiting.Remove(waiting))
            {
                waiting.IsIn.SetResult(false);
            }
        }
    }

    private sealed class Waiting(StoreId store)
    {
        public StoreId Store => store;

        public TaskCompletionSource<bool> IsIn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Slot(JobSlots slots, StoreId store) : IDisposable
    {
        public void Dispose() => slots.Leave(store);
    }
}
