using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Journal;

namespace ClvOrleans.Grains.Tests.Trainings;

/// <summary>A history that stops within a shard where a test wants something to happen.</summary>
internal sealed class HeldHistory(IEventHistory history) : IEventHistory
{
    private readonly ConcurrentDictionary<(StoreId Store, int Shard), Hold> _holds = [];
    private readonly ConcurrentDictionary<(StoreId Store, int Shard), int> _readings = [];

    /// <summary>How often the reading of a shard was begun.</summary>
    public int ReadingsOf(StoreId store, int shard) => _readings.GetValueOrDefault((store, shard));

    /// <summary>Stops the next reading of a shard before an event; it goes on once the hold is released.</summary>
    public Hold HoldAt(StoreId store, int shard, int number) => _holds[(store, shard)] = new Hold(number);

    public async IAsyncEnumerable<(CustomerId Customer, CustomerEvent Event)> ReadAsync(
        StoreId store, int shard, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        _readings.AddOrUpdate((store, shard), 1, (_, n) => n + 1);
        _holds.TryRemove((store, shard), out var hold);
        try
        {
            var number = 0;
            await foreach (var read in history.ReadAsync(store, shard, cancellation))
            {
                if (hold is not null && number++ == hold.Number)
                {
                    hold.Reached.TrySetResult();
                    await hold.Released.Task.WaitAsync(cancellation);
                }

                yield return read;
            }
        }
        finally
        {
            hold?.Ended.TrySetResult();
        }
    }

    public sealed class Hold(int number)
    {
        public int Number => number;

        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Released { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
